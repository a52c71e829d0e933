/** One approved mail at Gmail: looked at, compared, sent once. Knows no approval states and no tokens at rest. */
import type { gmail_v1 } from "@googleapis/gmail";
import type { EmailSend } from "@vaultdesk/shared/action.ts";
import type { Outcome } from "@vaultdesk/shared/approval.ts";
import type { DraftContent } from "@vaultdesk/shared/draft.ts";

import { liveDraft } from "../google/drafts.ts";
import { readMime, sha256OfRaw } from "../google/mime.ts";
import { afterRefusal, differences, type Doing, refusalOf } from "./doing.ts";

/** The send and the search in the sent mail, lent by the executor: only it may import them. */
export interface MailEffects {
  send(action: EmailSend, raw: Buffer): Promise<Outcome>;
  findSent(action: EmailSend): Promise<Outcome | undefined>;
}

export function sendMail(
  api: gmail_v1.Gmail,
  effects: MailEffects,
  action: EmailSend,
  raw: Buffer,
): Doing {
  return {
    words: {
      gone: "the draft itself: it is gone from Gmail",
      undone: "Gmail still has the draft: it was not sent.",
    },

    async attempt() {
      // The bytes at rest are the ones that were digested, and say what was shown, whoever had the database in between.
      const { content } = await readMime(raw, action.content.threadId);
      if (sha256OfRaw(raw) !== action.rawSha256 || changes(action.content, content).length > 0) {
        return { outcome: { state: "drifted", changed: ["the stored mail"] } };
      }
      try {
        const live = await liveDraft(api, action.draftId);
        const changed = changes(action.content, live.view.content);
        if (changed.length > 0) return { outcome: { state: "drifted", changed }, live: live.view };
      } catch (error) {
        const tried = afterRefusal(error, "draft_unknown");
        // Nothing was sent yet: a Gmail that can't be read is a failure and no doubt.
        return tried.outcome === "unclear"
          ? { outcome: { state: "failed", why: "Google did not answer." } }
          : tried;
      }
      try {
        return { outcome: await effects.send(action, raw) };
      } catch (error) {
        return afterRefusal(error, "draft_unknown");
      }
    },

    async look() {
      try {
        await liveDraft(api, action.draftId);
        return "undone";
      } catch (error) {
        if (refusalOf(error).refusal.reason !== "not_found") return { state: "unknown" };
      }
      try {
        const sent = await effects.findSent(action);
        if (sent !== undefined) return sent;
        return {
          state: "failed",
          why: "The draft is gone and no sent mail fits it: it was deleted in Gmail.",
        };
      } catch (error) {
        refusalOf(error);
        return { state: "unknown" };
      }
    },
  };
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

function changes(approved: DraftContent, live: DraftContent): string[] {
  return differences(approved, live, FIELDS, "the draft");
}
