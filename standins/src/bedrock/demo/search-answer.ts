/** A search's result as a list, or what to try when it found nothing. Pure. */
import { sayDay } from "./days.ts";
import { type Facts, personOf } from "./facts.ts";
import type { FoundMail, Hit } from "./results.ts";
import { cite, nameOf } from "./say-mail.ts";
import type { SearchRequest, Wanted } from "./search-request.ts";
import { keysOf, list, plural, quoted, shared } from "./words.ts";

function row(hit: Hit, facts: Facts, query: string): string {
  const subject = hit.subject === "" ? "(no subject)" : quoted(hit.subject, 120);
  const files =
    hit.attachments.length === 0
      ? ""
      : `, with ${list(hit.attachments.map((name) => quoted(name, 80)))}`;
  const fits = shared(keysOf(query), keysOf(hit.snippet)) > 0;
  const snippet = fits ? `: ${quoted(hit.snippet, 160)}` : "";
  return `- ${nameOf(personOf(hit.from))}, ${subject}, ${sayDay(hit.date, facts.timeZone)}${files}${snippet} ${cite(hit)}`;
}

function day(iso: string): string {
  return sayDay(`${iso}T12:00:00Z`, "UTC");
}

/** "from Ana about escrow since 1 Oct 2026". */
export function describe(wanted: Wanted, role?: string): string {
  const parts = [
    wanted.from === undefined ? role && `from ${role}` : `from ${wanted.from}`,
    wanted.to === undefined ? undefined : `to ${wanted.to}`,
    wanted.query === undefined
      ? undefined
      : `about ${wanted.query.replace(/\bis:unread\b/, "unread").replace(/^"|"$/g, "")}`,
    wanted.subject === undefined ? undefined : `with the subject ${wanted.subject}`,
    wanted.has_attachment === true ? "with an attachment" : undefined,
    wanted.after === undefined ? undefined : `since ${day(wanted.after)}`,
    wanted.before === undefined ? undefined : `before ${day(wanted.before)}`,
    wanted.in_thread === undefined ? undefined : "in this thread",
  ];
  return parts.filter((part) => part !== undefined && part !== "").join(" ");
}

/** The next wider search, or nothing left to drop. */
export function wider(wanted: Wanted): Wanted | undefined {
  const { after: _after, before: _before, in_thread: _in, has_attachment: _has, ...words } = wanted;
  const keys = Object.keys(words).filter((key) => key !== "max");
  if (Object.keys(wanted).length > Object.keys(words).length && keys.length > 0) return words;
  if (keys.length < 2) return undefined;
  const word = wanted.query ?? wanted.subject;
  return word === undefined ? { from: wanted.from ?? wanted.to ?? "" } : { query: word };
}

export const OFFER = "Shall I search";

export function emptyAnswer(wanted: Wanted, role?: string): string {
  const next = wider(wanted);
  const what = describe(wanted, role);
  const head = `I couldn't find a mail ${what}`.trim();
  if (next === undefined) return `${head}. Try another word, or only the sender's name.`;
  return `${head}. ${OFFER} for mails ${describe(next)} in all mail?`;
}

const LEGAL = /\b(counsel|lawyers?|attorneys?|solicitors?)\b/i;
const LEGAL_SENDER = /law|legal|llp|counsel|attorney|solicitor|abogad|esq\b/i;

/** A role is no address: senders are compared with it, and when none fits that is said. */
function byRole(found: FoundMail, role: string): { hits: Hit[]; note: string } {
  const fits = (hit: Hit) => {
    if (LEGAL.test(role)) return LEGAL_SENDER.test(hit.from);
    return shared(keysOf(role), keysOf(hit.from.replace(/[@.<>_-]/g, " "))) > 0;
  };
  const hits = found.messages.filter(fits);
  if (hits.length > 0) return { hits, note: "" };
  return {
    hits: found.messages,
    note: `No sender's name or address says that it is ${role}, so this is every sender.`,
  };
}

export function searchAnswer(search: SearchRequest, found: FoundMail, facts: Facts): string {
  const { wanted, role } = search;
  if (found.messages.length === 0) return emptyAnswer(wanted, role);
  const { hits, note } =
    role === undefined ? { hits: found.messages, note: "" } : byRole(found, role);
  const newest = hits.toSorted((a, b) => b.date.localeCompare(a.date));
  const what = describe(wanted, note === "" ? role : undefined);
  const total = Math.max(found.found, found.messages.length);
  const count =
    total > found.messages.length
      ? `I found about ${plural(total, "mail")} ${what}; the ${hits.length} newest`
      : `I found ${plural(hits.length, "mail")} ${what}`;
  return [
    `${count.trim()}:`,
    ...newest.map((hit) => row(hit, facts, wanted.query ?? "")),
    ...(note === "" ? [] : ["", note]),
  ].join("\n");
}

export function latestAnswer(
  label: "inbox" | "sent" | "unread",
  found: FoundMail,
  facts: Facts,
): string {
  const names = { inbox: "in your inbox", sent: "that you sent", unread: "unread" } as const;
  if (found.messages.length === 0) return `There is no mail ${names[label]}.`;
  const newest = found.messages.toSorted((a, b) => b.date.localeCompare(a.date));
  const head =
    label === "unread"
      ? `${plural(newest.length, "unread mail")}, newest first:`
      : `The ${newest.length} newest mails ${names[label]}:`;
  return [head, ...newest.map((hit) => row(hit, facts, ""))].join("\n");
}
