/**
 * Reads a row's entry for the move that it tells of an approval. An entry has one spelling (RFC 8785), and another is none. There are millions
 * of them: a move spelled as the server spells nearly all of them is known by one pattern, and everything else is parsed. Pure.
 */
import { ApprovalState } from "@vaultdesk/shared/approval.ts";
import { AUDIT_KINDS } from "@vaultdesk/shared/audit.ts";
import { canonicalJson } from "@vaultdesk/shared/digest.ts";
import { ApprovalId } from "@vaultdesk/shared/id.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import { z } from "zod";

const Moved = z.looseObject({
  approvalId: ApprovalId,
  facts: z.looseObject({
    from: z.literal("none").or(ApprovalState),
    to: ApprovalState,
    /** By a restore of the store, which another row tells. */
    restored: z.literal(1).optional(),
  }),
});

interface Move {
  /** May share memory with the entry: copy what is kept. */
  approvalId: string;
  from: ApprovalState | "none";
  to: ApprovalState;
  restored: boolean;
}

/** A value with one spelling at sight: nothing in it has an escape. */
const PLAIN = '(?:"[ !#-\\[\\]-~]*"|0|[1-9]\\d{0,14})';
const STATE_NAMES: ReadonlySet<string> = new Set(ApprovalState.options);
const STATES = ApprovalState.options.join("|");

/** The members of an object, each there or not, in the order of RFC 8785 3.2.3, so that none is there twice. */
function membersOf(values: Readonly<Record<string, string>>): string {
  const names = Object.keys(values).toSorted();
  return names.map((name) => `(?:"${name}":${values[name] ?? PLAIN}(?:,(?=")|(?=\\})))?`).join("");
}

function plainMove(): RegExp {
  const { needs, may = [] } = AUDIT_KINDS["approval.moved"];
  // A restore is rare and lawful in its own way: it is parsed.
  const names = [...needs, ...may].filter((name) => name !== "restored");
  const facts = membersOf({
    ...Object.fromEntries(names.map((name) => [name, PLAIN])),
    from: `"(?<from>none|${STATES})"`,
    to: `"(?<to>${STATES})"`,
  });
  const entry = membersOf({
    approvalId: '"(?<id>apr_[0-9a-f]{32})"',
    facts: `\\{${facts}\\}`,
    kind: '"(?<kind>approval\\.moved)"',
    roomId: PLAIN,
    sub: PLAIN,
  });
  return new RegExp(`^\\{${entry}\\}$`);
}

const PLAIN_MOVE = plainMove();

/** Strictly by UTF-16 code units, as RFC 8785 3.2.3 wants it, all the way down. */
function isSorted(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(isSorted);
  let last: string | undefined;
  for (const [key, inner] of Object.entries(value)) {
    if ((last !== undefined && last >= key) || !isSorted(inner)) return false;
    last = key;
  }
  return true;
}

/** RFC 8785 writes strings and numbers as JSON.stringify does, but for half a surrogate pair. */
function isCanonical(text: string, value: unknown): boolean {
  if (!text.includes("\\ud") && isSorted(value) && JSON.stringify(value) === text) return true;
  return canonicalJson(value) === text;
}

function entryOf(text: string): object | undefined {
  try {
    const value = parseJson(text);
    return typeof value === "object" && value !== null && isCanonical(text, value)
      ? value
      : undefined;
  } catch {
    return undefined;
  }
}

export type Told = { tells: "move"; move: Move } | { tells: "other" } | { tells: "nothing" };

/** `other` of an entry of another kind, `nothing` of a text that is no entry. For all that `readMove` may be given. */
export function parseMove(text: string): Told {
  const entry = entryOf(text);
  if (entry === undefined || !("kind" in entry) || typeof entry.kind !== "string") {
    return { tells: "nothing" };
  }
  if (entry.kind !== "approval.moved") return { tells: "other" };
  const moved = Moved.safeParse(entry);
  if (!moved.success) return { tells: "nothing" };
  const { approvalId, facts } = moved.data;
  const { from, to, restored } = facts;
  return { tells: "move", move: { approvalId, from, to, restored: restored === 1 } };
}

const isState = (text: string): text is ApprovalState => STATE_NAMES.has(text);

/** As `parseMove` reads it, sooner. */
export function readMove(text: string): Told {
  const { id, from, to, kind } = PLAIN_MOVE.exec(text)?.groups ?? {};
  if (id === undefined || from === undefined || to === undefined || kind === undefined) {
    return parseMove(text);
  }
  if ((from !== "none" && !isState(from)) || !isState(to)) return parseMove(text);
  return { tells: "move", move: { approvalId: id, from, to, restored: false } };
}
