/**
 * The story that the rows tell of each approval: it begins as `proposed`, each move is one that `transition.ts` allows and starts where
 * the last one ended, and nothing follows an end. Pure. Rows of another kind tell no moves.
 */
import { ApprovalState } from "@vaultdesk/shared/approval.ts";
import { canonicalJson } from "@vaultdesk/shared/digest.ts";
import { ApprovalId } from "@vaultdesk/shared/id.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import { z } from "zod";

import { isEnded, mayMove, mayRestore } from "../approvals/transition.ts";

const Moved = z.looseObject({
  approvalId: ApprovalId,
  facts: z.looseObject({
    from: z.literal("none").or(ApprovalState),
    to: ApprovalState,
    /** By a restore of the store, which another row tells. */
    restored: z.literal(1).optional(),
  }),
});

export type StoryFault =
  | { reason: "entry" }
  | {
      reason: "not_joined" | "moved_after_end" | "unlawful_move";
      approvalId: string;
      /** Where the rows so far left it. */
      last: ApprovalState | "none";
      from: ApprovalState | "none";
      to: ApprovalState;
    };

/** Where each approval stands. Grows with approvals, not with rows. */
export type Stories = Map<ApprovalId, ApprovalState>;

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

/** Takes one more entry into `stories`; what is wrong with it, if anything is. */
export function follow(stories: Stories, text: string): StoryFault | undefined {
  const entry = entryOf(text);
  if (entry === undefined || !("kind" in entry) || typeof entry.kind !== "string") {
    return { reason: "entry" };
  }
  if (entry.kind !== "approval.moved") return undefined;
  const moved = Moved.safeParse(entry);
  if (!moved.success) return { reason: "entry" };
  const { approvalId, facts } = moved.data;
  const { from, to, restored } = facts;
  const last: ApprovalState | "none" = stories.get(approvalId) ?? "none";
  const fault = { approvalId, last, from, to };
  if (last !== "none" && isEnded(last)) return { reason: "moved_after_end", ...fault };
  if (from !== last) return { reason: "not_joined", ...fault };
  const may = restored === undefined ? mayMove : mayRestore;
  const lawful = last === "none" ? to === "proposed" : may(last, to);
  if (!lawful) return { reason: "unlawful_move", ...fault };
  stories.set(approvalId, to);
  return undefined;
}
