/**
 * What `search_gmail` looks for in one thread, as a test of its messages. Words and quoted phrases count; an operator of Gmail's that has
 * no argument of its own is refused, since leaving it out would find too much. Pure.
 */
import type { MessageText } from "../../google/message.ts";

export interface ThreadQuery {
  query?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  subject?: string | undefined;
  /** `YYYY-MM-DD`, UTC. */
  after?: string | undefined;
  before?: string | undefined;
  has_attachment?: boolean | undefined;
  filename?: string | undefined;
  label?: string | undefined;
}

export type Matcher =
  | { ok: true; fits: (message: MessageText) => boolean }
  | { ok: false; why: string };

const OPERATOR = /(?:^|\s)-?[a-z_]+:\S|(?:^|\s)(?:OR|AROUND)\s|[{}()|]|(?:^|\s)-\S/;

function terms(query: string): string[] {
  return [...query.matchAll(/"([^"]*)"|([^\s"]+)/g)]
    .map(([, phrase, word]) => (phrase ?? word ?? "").replace(/\s+/g, " ").trim().toLowerCase())
    .filter((term) => term !== "");
}

function holds(text: string, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  const flat = text.replace(/\s+/g, " ").toLowerCase();
  return terms(wanted).every((term) => flat.includes(term));
}

export function matcherOf(wanted: ThreadQuery): Matcher {
  const { query = "", label, after, before, filename } = wanted;
  if (label !== undefined) {
    return { ok: false, why: "label can't be used with in_thread: leave one of them out." };
  }
  if (OPERATOR.test(query)) {
    const why =
      "With in_thread, query takes words and quoted phrases only. Use from, to, subject, after, before, filename for the rest.";
    return { ok: false, why };
  }
  return {
    ok: true,
    fits: (message) => {
      const { from, to, cc, subject, text, date, attachments } = message;
      const names = attachments.map((file) => file.filename).join(" ");
      return (
        holds(`${from} ${subject} ${text} ${names}`, query) &&
        holds(from, wanted.from) &&
        holds(`${to} ${cc}`, wanted.to) &&
        holds(subject, wanted.subject) &&
        (after === undefined || date >= after) &&
        (before === undefined || date < before) &&
        (wanted.has_attachment !== true || attachments.length > 0) &&
        (filename === undefined || holds(names, filename))
      );
    },
  };
}
