/** Messages as a list for the model: who, when, what about; never their text. */
import type { Found } from "../../actions/mailroom.ts";
import { failed, plural, type ToolOutcome } from "./outcome.ts";

interface Order {
  skip: number;
  oldestFirst?: boolean;
}

function summaryOf({ found, more, messages }: Found): string {
  if (found === 0) return "Found nothing";
  const shown = messages.length < found ? `, read ${messages.length} of them` : "";
  return `Found ${more ? "more than " : ""}${plural(found, "message")}${shown}`;
}

export function listed(found: Found, { skip, oldestFirst = false }: Order): ToolOutcome {
  const { messages, more } = found;
  if (more && oldestFirst) {
    return failed(
      "too_many",
      `More than ${found.found} mails match, so the oldest are not known. Ask for fewer, with before.`,
    );
  }
  const next = skip + messages.length;
  return {
    json: {
      found: found.found,
      shown: messages.length,
      messages: messages.map((message) => ({
        id: message.id,
        thread_id: message.threadId,
        from: message.from,
        to: message.to.slice(0, 200),
        subject: message.subject,
        date: message.date,
        snippet: message.snippet,
        ...(message.attachments.length === 0
          ? {}
          : { attachments: message.attachments.map((file) => file.filename) }),
      })),
      ...(next < found.found ? { next: `ask again with skip ${next}` } : {}),
      ...(more
        ? { note: "found is only what was counted, there are more: narrow with before" }
        : {}),
    },
    ok: true,
    untrusted: true,
    summary: summaryOf(found),
    details: messages.map(
      (m) => `${m.from} · ${m.subject || "(no subject)"} · ${m.date.slice(0, 10)}`,
    ),
  };
}
