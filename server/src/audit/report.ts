import { KIND_WORDS, moveIn, reasonIn } from "@vaultdesk/shared/audit-words.ts";
/** A month of the audit trail in figures: by kind, by person, with what was refused and why. Pure. */
import { AuditEntryView, isAuditKind } from "@vaultdesk/shared/audit.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";

import type { Row } from "./chain.ts";

export interface Person {
  name: string;
  asked: number;
  approved: number;
  denied: number;
  expired: number;
  drifted: number;
  refused: number;
  executed: number;
}

export interface Figures {
  rows: number;
  /** What happened -> how often, most first. */
  kinds: [what: string, count: number][];
  people: Person[];
  /** Why something was refused or failed -> how often. */
  reasons: [why: string, count: number][];
}

type Counted = Exclude<keyof Person, "name">;

const COUNTED: Readonly<Record<string, Counted>> = {
  proposed: "asked",
  approved: "approved",
  denied: "denied",
  expired: "expired",
  drifted: "drifted",
  executed: "executed",
};

const NONE = { asked: 0, approved: 0, denied: 0, expired: 0, drifted: 0, refused: 0, executed: 0 };

function entryOf(text: string): AuditEntryView | undefined {
  try {
    return AuditEntryView.safeParse(parseJson(text)).data;
  } catch {
    return undefined;
  }
}

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function mostFirst(map: Map<string, number>): [string, number][] {
  return [...map].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

function what(entry: AuditEntryView): string {
  if (entry.kind === "approval.moved") return `Request: ${moveIn(entry.facts["to"])}`;
  return isAuditKind(entry.kind) ? KIND_WORDS[entry.kind] : entry.kind;
}

/** `nameOf` gives a person's id the form that it may have in a report. */
export function createTally(month: string, nameOf: (sub: string) => string) {
  const kinds = new Map<string, number>();
  const reasons = new Map<string, number>();
  const people = new Map<string, Person>();
  let rows = 0;

  function personOf(sub: string): Person {
    const name = nameOf(sub);
    const person = people.get(name) ?? { name, ...NONE };
    people.set(name, person);
    return person;
  }

  return {
    take({ at, entry: text }: Pick<Row, "at" | "entry">): void {
      const entry = at.startsWith(`${month}-`) ? entryOf(text) : undefined;
      if (entry === undefined) return;
      const { facts, sub } = entry;
      rows += 1;
      count(kinds, what(entry));
      if (entry.kind === "wish.refused") {
        personOf(sub).refused += 1;
        count(reasons, reasonIn(facts["reason"]));
      }
      if (entry.kind !== "approval.moved") return;
      const counted = COUNTED[String(facts["to"])];
      if (counted !== undefined) personOf(sub)[counted] += 1;
      if (facts["reason"] !== undefined) {
        count(reasons, `the answer did not fit: ${String(facts["reason"])}`);
      }
    },
    figures: (): Figures => ({
      rows,
      kinds: mostFirst(kinds),
      people: [...people.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      reasons: mostFirst(reasons),
    }),
  };
}
