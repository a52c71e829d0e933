/** A wish to send -> an action on the drafts as they are now. */
import type { gmail_v1 } from "@googleapis/gmail";
import {
  type Action,
  BUNDLE_LIMIT,
  type EmailSend,
  type Inside,
} from "@vaultdesk/shared/action.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";

import { checkAddresses } from "../google/addresses.ts";
import { type Answer, answer } from "../google/call.ts";
import { type LiveDraft, liveDraft } from "../google/drafts.ts";
import { sha256OfRaw } from "../google/mime.ts";
import { idsIn } from "../google/rfc-ids.ts";
import type { Judged } from "./dossier.ts";
import type { MailWish, Ready, WantedDraft } from "./wish.ts";

interface Desk {
  /** Of this conversation. */
  hasDraft(draftId: string): Promise<boolean>;
  /** The card follows what is in Gmail, so that "review the new text" has one. */
  show(draft: DraftView): Promise<void>;
  /** What is known of the people and the text as they are now; kept for the next time. */
  judge(api: gmail_v1.Gmail, draft: DraftView): Promise<Judged>;
  /** By what its files may be known. */
  inside(files: LiveDraft["attachments"]): Promise<Inside[]>;
}

async function readDraft(
  api: gmail_v1.Gmail,
  desk: Desk,
  { draftId, shown }: WantedDraft,
): Promise<Answer<LiveDraft>> {
  if (!(await desk.hasDraft(draftId))) return { ok: false, problem: problem("draft_unknown") };
  const read = await answer(() => liveDraft(api, draftId), "draft_unknown");
  if (!read.ok) return read;
  const draft = read.value;
  const refused = refusalOf(draft);
  if (refused !== undefined) return { ok: false, problem: refused };
  if (shown !== undefined && (await digestOf(draft.view.content)) !== shown) {
    await desk.show({ ...draft.view, ...(await desk.judge(api, draft.view)) });
    return { ok: false, problem: problem("draft_changed") };
  }
  return read;
}

export async function readyMail(
  api: gmail_v1.Gmail,
  desk: Desk,
  wish: MailWish,
): Promise<Answer<Ready>> {
  const wanted = [...new Map(wish.drafts.map((one) => [one.draftId, one])).values()];
  if (wanted.length > BUNDLE_LIMIT) return { ok: false, problem: problem("bundle_too_large") };
  const reads = await Promise.all(wanted.map((one) => readDraft(api, desk, one)));
  const drafts: LiveDraft[] = [];
  for (const read of reads) {
    if (!read.ok) return read;
    drafts.push(read.value);
  }
  const action = await actionOf(drafts, desk);
  if (action === undefined) return { ok: false, problem: problem("draft_unknown") };
  const judged = await Promise.all(drafts.map(({ view }) => desk.judge(api, view)));
  const about = drafts.flatMap(({ inReplyTo = "", references = "" }) =>
    idsIn(`${inReplyTo} ${references}`),
  );
  return { ok: true, value: { action, raws: drafts.map((draft) => draft.raw), judged, about } };
}

async function actionOf(
  drafts: readonly LiveDraft[],
  desk: Pick<Desk, "inside">,
): Promise<Action | undefined> {
  const actions = await Promise.all(
    drafts.map(async (draft): Promise<EmailSend> => {
      const inside = await desk.inside(draft.attachments);
      return {
        kind: "email.send",
        draftId: draft.view.draftId,
        content: draft.view.content,
        rawSha256: sha256OfRaw(draft.raw),
        ...(inside.length === 0 ? {} : { inside }),
      };
    }),
  );
  const [only, ...more] = actions;
  return more.length === 0 ? only : { kind: "bundle", actions };
}

function refusalOf(draft: LiveDraft): Problem | undefined {
  const { to, cc, bcc } = draft.view.content;
  const all = [...to, ...cc, ...bcc];
  if (all.length === 0)
    return problem("address_refused", { detail: "The draft has no recipient." });
  const checked = checkAddresses(all);
  return checked.ok
    ? undefined
    : problem("address_refused", { detail: `It was: ${checked.refused}` });
}
