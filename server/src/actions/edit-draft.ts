/** A draft in Gmail replaced in place, if it is still the version that was edited: who typed in Gmail meanwhile loses nothing. */
import type { gmail_v1 } from "@googleapis/gmail";
import type { DraftEdit } from "@vaultdesk/shared/draft.ts";
import { problem } from "@vaultdesk/shared/problem.ts";

import type { Answer } from "../google/call.ts";
import { type LiveDraft, liveDraft, replaceDraft } from "../google/drafts.ts";
import { type Attach, attached } from "../google/files.ts";
import { buildMime, type OutgoingAttachment } from "../google/mime.ts";
import { type Dossier, editedBy, judgeMail, partiesOf } from "./dossier.ts";
import type { SavedDraft } from "./mailroom.ts";
import { notesAgain } from "./notes-on.ts";
import { belowOwn, ownText } from "./own-text.ts";
import { completed, type Provenance } from "./standing.ts";
import { bareSubject } from "./subject.ts";

/** What the assistant changes; the rest stays. */
export interface Rewrite {
  /** Above the signature and the original, which stay. */
  body?: string | undefined;
  to?: readonly string[] | undefined;
  cc?: readonly string[] | undefined;
  subject?: string | undefined;
  attach?: readonly Attach[] | undefined;
}

async function replace(
  api: gmail_v1.Gmail,
  live: LiveDraft,
  edit: DraftEdit,
  attachments: readonly OutgoingAttachment[],
): Promise<LiveDraft> {
  const { draftId, content } = live.view;
  const { inReplyTo, references } = live;
  const raw = await buildMime({ ...edit, from: content.from, inReplyTo, references, attachments });
  await replaceDraft(api, draftId, raw, content.threadId);
  return liveDraft(api, draftId);
}

function judged({ view }: LiveDraft, dossier: Dossier): Omit<SavedDraft, "notes"> {
  return { view: { ...view, ...judgeMail(view.content, dossier) }, dossier };
}

/** `work` on the draft, if it is the version that was seen. */
async function onVersion<T>(
  api: gmail_v1.Gmail,
  draftId: string,
  seen: string,
  work: (live: LiveDraft) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const live = await liveDraft(api, draftId);
  return live.view.messageId === seen
    ? work(live)
    : { ok: false, problem: problem("draft_changed") };
}

export function editByHand(
  api: gmail_v1.Gmail,
  draftId: string,
  seen: string,
  edit: DraftEdit,
  known: Dossier | undefined,
): Promise<Answer<Omit<SavedDraft, "notes">>> {
  return onVersion(api, draftId, seen, async (live) => {
    const now = await replace(api, live, edit, live.attachments);
    const before = editedBy(known, live.view.content, now.view.content);
    const dossier = await completed(api, before, partiesOf(now.view.content));
    return { ok: true, value: judged(now, dossier) };
  });
}

export function rewrite(
  api: gmail_v1.Gmail,
  draftId: string,
  seen: string,
  change: Rewrite,
  about: { known: Dossier | undefined; provenance: Provenance },
  signal: AbortSignal,
): Promise<Answer<SavedDraft>> {
  return onVersion(api, draftId, seen, async (live) => {
    const { to, cc, bcc, subject, text, threadId } = live.view.content;
    const files = await attached(api, change.attach ?? [], signal);
    if (!files.ok) return files;
    const edit = {
      to: [...(change.to ?? to)],
      cc: [...(change.cc ?? cc)],
      bcc,
      subject: change.subject ?? subject,
      text: change.body === undefined ? text : `${change.body.trimEnd()}${belowOwn(text)}`,
    };
    const now = await replace(api, live, edit, [...live.attachments, ...files.value]);
    const parties = partiesOf(now.view.content);
    const { known, provenance } = about;
    const whole = await completed(api, known, parties, provenance.originOf);
    const dossier = {
      ...whole,
      notes: notesAgain(whole, change.body ?? ownText(text, []), parties, provenance),
    };
    const leaves = threadId !== undefined && bareSubject(edit.subject) !== bareSubject(subject);
    const notes = leaves ? ["The new subject starts a new thread in Gmail."] : [];
    return { ok: true, value: { ...judged(now, dossier), notes } };
  });
}
