import { moveIn, rowWords } from "@vaultdesk/shared/audit-words.ts";
/** What the audit trail says on the panel. Pure. */
import { AuditEntryView, type AuditRow } from "@vaultdesk/shared/audit.ts";

import type { Checked } from "./check.ts";
import { timeOf } from "./words.ts";

export const TRAIL = {
  tab: "Audit trail",
  requests: "Requests",
  about:
    "Your own rows of the server's log: each carries the hash of the row before it, and this computer checks them. They hold no mail text.",
  whose: "Of",
  yours: "You",
  aboutRoom:
    "What was done in this deal room and asked under its rules, by whomever. You see it as its lead. It holds no mail text.",
  you: "you",
  gone: "no longer a member",
  none: "Nothing is recorded here. Choose another kind or a later day.",
  kind: "Kind",
  all: "All",
  until: "Up to",
  older: "Show older rows",
  save: "Save as a table",
  reading: "Reading the log",
  chain: "From the question to Google",
  hash: "Hash",
  unread: "A row of a later version",
  asked: "You asked",
  next: "Your phone's answer",
  row: (seq: number) => `row ${seq}`,
} as const;

function entryOf(row: AuditRow): AuditEntryView | undefined {
  try {
    return AuditEntryView.safeParse(JSON.parse(row.entry)).data;
  } catch {
    return undefined;
  }
}

type Facts = readonly (readonly [name: string, value: string])[];

export function rowOf(row: AuditRow): {
  kind: string;
  words: string;
  facts: Facts;
  sub: string;
} {
  const entry = entryOf(row);
  if (entry === undefined) return { kind: "", words: TRAIL.unread, facts: [], sub: "" };
  const { kind, approvalId, sub } = entry;
  const facts = Object.entries(entry.facts).map(([name, value]) => [name, String(value)] as const);
  return {
    kind,
    sub,
    words: rowWords(entry),
    facts: [...(approvalId === undefined ? [] : [["request", approvalId] as const]), ...facts],
  };
}

const SHOWN: readonly (readonly [fact: string, name: string])[] = [
  ["conversationId", "Conversation"],
  ["digest", "Digest"],
  ["request", "Request at Auth0, hashed"],
  ["jti", "Auth0's token"],
  ["approver", "By"],
  ["messages", "Google's id"],
  ["events", "Google's event"],
  ["reason", "Because"],
];

/** Which of them a step is about: each is told where it first comes up. */
const TOLD_AT: Readonly<Record<string, readonly string[]>> = {
  proposed: ["conversationId", "digest"],
  waiting: ["request"],
  approved: ["jti", "approver"],
};

interface Step {
  key: string;
  words: string;
  at?: string;
  seq?: number;
  facts: Facts;
}

const OPEN = new Set(["proposed", "waiting"]);

/** `rows` of one approval, oldest first. */
export function stepsOf(rows: readonly AuditRow[]): Step[] {
  const steps: Step[] = [];
  let state = "";
  for (const row of rows) {
    const entry = entryOf(row);
    if (entry === undefined) continue;
    const { facts } = entry;
    const askedAt = facts["askedAt"];
    if (typeof askedAt === "string")
      steps.push({ key: "asked", words: TRAIL.asked, at: askedAt, facts: [] });
    state = String(facts["to"] ?? state);
    const told = TOLD_AT[state] ?? ["messages", "events", "reason"];
    const shown = SHOWN.flatMap(([fact, name]) =>
      told.includes(fact) && facts[fact] !== undefined
        ? [[name, String(facts[fact])] as const]
        : [],
    );
    const words = entry.kind === "approval.moved" ? moveIn(state) : rowWords(entry);
    steps.push({ key: String(row.seq), words, at: row.at, seq: row.seq, facts: shown });
  }
  return OPEN.has(state) ? [...steps, { key: "next", words: TRAIL.next, facts: [] }] : steps;
}

const KEEP = "Nothing was changed by looking. Keep a picture of this and tell your administrator.";

/** In three parts where it does not hold: what is wrong, what was not touched, what to do. */
export function checkedWords(checked: Checked | undefined): string {
  if (checked === undefined) return "Being checked on this computer";
  if (checked.ok) {
    const { rows, head, at, publicKey } = checked;
    const what = rows === 1 ? "this row is" : `these ${rows} rows are`;
    return `Checked on this computer: ${what} as the server sealed them, up to row ${head} of its log, ${timeOf(at)}. Key ${publicKey.slice(0, 8)}.`;
  }
  switch (checked.reason) {
    case "row":
      return `Row ${checked.seq} is not what its hash says. ${KEEP}`;
    case "joint":
      return `Row ${checked.seq} does not follow the row before it. ${KEEP}`;
    case "rewritten":
      return `Row ${checked.seq} is not as this browser saw it before. ${KEEP}`;
    case "seal":
      return `The server's seal does not fit these rows, or this browser can't check it. ${KEEP}`;
    case "key":
      return `The server seals with another key than before. ${KEEP}`;
    case "backwards":
      return `The server's log is shorter than this browser saw it before, as after a restore from a backup. ${KEEP}`;
  }
}
