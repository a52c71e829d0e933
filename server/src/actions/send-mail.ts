/**
 * One approved mail at Gmail: looked at, compared, sent once; or, when nobody saw how a send ended, read about and never repeated.
 * Knows no approval states and no tokens at rest.
 */
import { isDeepStrictEqual } from "node:util";

import type { gmail_v1 } from "@googleapis/gmail";
import type { EmailSend } from "@vaultdesk/shared/action.ts";
import type { Outcome } from "@vaultdesk/shared/approval.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import type { DraftContent, DraftView } from "@vaultdesk/shared/draft.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";

import { GoogleRefused, problemOf } from "../google/call.ts";
import { liveDraft } from "../google/drafts.ts";
import { readMime, sha256OfRaw } from "../google/mime.ts";

/** The send and the search in the sent mail, lent by the executor: only it may import them. */
export interface Effects {
  send(action: EmailSend, raw: Buffer): Promise<Outcome>;
  findSent(action: EmailSend): Promise<Outcome | undefined>;
}

export type Tried =
  | { outcome: Outcome; live?: DraftView }
  /** `answered`: Google said something, so nothing of this send is still under way. */
  | { outcome: "unclear"; answered: boolean }
  /** The draft is gone: sent by an attempt of before, or deleted. */
  | { outcome: "gone" };

/** Sends if the draft is, at this moment, what was approved. */
export async function sendMail(
  api: gmail_v1.Gmail,
  effects: Effects,
  action: EmailSend,
  raw: Buffer,
): Promise<Tried> {
  // The bytes at rest are the ones that were digested, and say what was shown, whoever had the database in between.
  const { content } = await readMime(raw, action.content.threadId);
  if (
    sha256OfRaw(raw) !== action.rawSha256 ||
    (await differences(action.content, content)).length > 0
  ) {
    return { outcome: { state: "drifted", changed: ["the stored mail"] } };
  }
  try {
    const live = await liveDraft(api, action.draftId);
    const changed = await differences(action.content, live.view.content);
    if (changed.length > 0) return { outcome: { state: "drifted", changed }, live: live.view };
  } catch (error) {
    const { refusal } = refused(error);
    if (refusal.reason === "not_found") return { outcome: "gone" };
    return failed(problemOf(refusal, "draft_unknown"));
  }
  try {
    return { outcome: await effects.send(action, raw) };
  } catch (error) {
    const { refusal } = refused(error);
    if (refusal.reason === "down") return { outcome: "unclear", answered: refusal.answered };
    if (refusal.reason === "not_found") return { outcome: "gone" };
    return failed(problemOf(refusal, "draft_unknown"));
  }
}

/** What reading Gmail says of a mail whose end nobody saw: `unsent` means that the draft is still there. */
export async function lookForMail(
  api: gmail_v1.Gmail,
  effects: Effects,
  action: EmailSend,
): Promise<Outcome | "unsent"> {
  try {
    await liveDraft(api, action.draftId);
    return "unsent";
  } catch (error) {
    if (refused(error).refusal.reason !== "not_found") return { state: "unknown" };
  }
  try {
    const sent = await effects.findSent(action);
    if (sent !== undefined) return sent;
    return {
      state: "failed",
      why: "The draft is gone and no sent mail fits it: it was deleted in Gmail.",
    };
  } catch (error) {
    refused(error);
    return { state: "unknown" };
  }
}

function refused(error: unknown): GoogleRefused {
  if (error instanceof GoogleRefused) return error;
  throw error;
}

function failed(problem: Problem): Tried {
  return { outcome: { state: "failed", why: say(problem) } };
}

export function say(problem: Problem): string {
  return [problem.happened, problem.detail].filter((part) => part !== undefined).join(" ");
}

const FIELDS = [
  ["from", "sender"],
  ["to", "To"],
  ["cc", "Cc"],
  ["bcc", "Bcc"],
  ["subject", "subject"],
  ["text", "text"],
  ["htmlSha256", "formatting"],
  ["attachments", "attachments"],
  ["threadId", "thread"],
] as const satisfies readonly (readonly [keyof DraftContent, string])[];

/** The names of the fields that differ, in the words of the draft card; any other difference is "the draft". */
async function differences(approved: DraftContent, live: DraftContent): Promise<string[]> {
  if ((await digestOf(approved)) === (await digestOf(live))) return [];
  const changed = FIELDS.filter(([field]) => !isDeepStrictEqual(approved[field], live[field])).map(
    ([, name]) => name,
  );
  return changed.length > 0 ? changed : ["the draft"];
}
