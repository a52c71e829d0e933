/** One approved deed at Google, whatever its kind: tried once, or, when nobody saw how it ended, looked for and never repeated. */
import type { Outcome } from "@vaultdesk/shared/approval.ts";
import { canonicalJson } from "@vaultdesk/shared/digest.ts";
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";

import { GoogleRefused, problemOf } from "../google/call.ts";

export type Tried =
  | { outcome: Outcome; live?: DraftView }
  /** `answered`: Google said something, so nothing of this attempt is still under way. */
  | { outcome: "unclear"; answered: boolean }
  /** What it works on is gone: done by an attempt of before, or removed by the person. */
  | { outcome: "gone" };

export interface Doing {
  /** Does it if the world is, at this moment, as it was approved. `attempts` counts this one. */
  attempt(attempts: number): Promise<Tried>;
  /** What reading Google says: `undone` when it surely is not done and may still be. */
  look(): Promise<Outcome | "undone">;
  /** How "gone" and "undone" are told. */
  words: { gone: string; undone: string };
}

export function refusalOf(error: unknown): GoogleRefused {
  if (error instanceof GoogleRefused) return error;
  throw error;
}

/** A refusal after which nothing is done, or nobody knows. */
export function afterRefusal(
  error: unknown,
  missing: "thread_unknown" | "draft_unknown" | "event_unknown",
): Tried {
  const { refusal } = refusalOf(error);
  if (refusal.reason === "down") return { outcome: "unclear", answered: refusal.answered };
  if (refusal.reason === "not_found") return { outcome: "gone" };
  return { outcome: { state: "failed", why: say(problemOf(refusal, missing)) } };
}

export function say(problem: Problem): string {
  return [problem.happened, problem.detail].filter((part) => part !== undefined).join(" ");
}

/**
 * The names of the fields that differ, in the words of the card; any other difference is `otherwise`. By the text of the digest: what has
 * the same text has the same digest.
 */
export function differences<T extends object>(
  approved: T,
  live: T,
  fields: readonly (readonly [keyof T, string])[],
  otherwise: string,
): string[] {
  if (canonicalJson(approved) === canonicalJson(live)) return [];
  const differs = (field: keyof T) =>
    canonicalJson({ v: approved[field] }) !== canonicalJson({ v: live[field] });
  const changed = fields.flatMap(([field, name]) => (differs(field) ? [name] : []));
  return changed.length > 0 ? changed : [otherwise];
}
