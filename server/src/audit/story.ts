/**
 * The story that the rows tell of each approval: it begins as `proposed`, each move is one that `transition.ts` allows and starts where
 * the last one ended, and nothing follows an end. Pure. Rows of another kind tell no moves.
 */
import type { ApprovalState } from "@vaultdesk/shared/approval.ts";

import { isEnded, mayMove, mayRestore } from "../approvals/transition.ts";
import { readMove } from "./move.ts";

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
export type Stories = Map<string, ApprovalState>;

/** A part of a string keeps the whole in memory: here an entry for each approval. */
function copyOf(part: string): string {
  return Buffer.from(part).toString();
}

/** Takes one more entry into `stories`; what is wrong with it, if anything is. */
export function follow(stories: Stories, text: string): StoryFault | undefined {
  const told = readMove(text);
  if (told.tells === "nothing") return { reason: "entry" };
  if (told.tells === "other") return undefined;
  const { approvalId, from, to, restored } = told.move;
  const last: ApprovalState | "none" = stories.get(approvalId) ?? "none";
  const fault = { approvalId, last, from, to };
  if (last !== "none" && isEnded(last)) return { reason: "moved_after_end", ...fault };
  if (from !== last) return { reason: "not_joined", ...fault };
  const may = restored ? mayRestore : mayMove;
  const lawful = last === "none" ? to === "proposed" : may(last, to);
  if (!lawful) return { reason: "unlawful_move", ...fault };
  stories.set(last === "none" ? copyOf(approvalId) : approvalId, to);
  return undefined;
}
