/**
 * What a run or the panel may do to a mailbox without a phone: read, and save drafts that only the owner sees.
 * Each call borrows a token; a token that Google refuses is forgotten and asked for once more. Never sends.
 */
import type { gmail_v1 } from "@googleapis/gmail";
import type { DraftEdit, DraftView } from "@vaultdesk/shared/draft.ts";
import { MessageId } from "@vaultdesk/shared/id.ts";
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";
import type { ToolName } from "@vaultdesk/shared/scope.ts";
import type { ComposeFacts } from "@vaultdesk/shared/template.ts";

import { checkAddresses, formatParty } from "../google/addresses.ts";
import type { Answer, OpenMailbox } from "../google/call.ts";
import { createDraft, liveDraft } from "../google/drafts.ts";
import { attached, filesOf } from "../google/files.ts";
import { labels, lying } from "../google/filing.ts";
import {
  type Found,
  lastOfThread,
  messageForReply,
  type Replied,
  search,
  type Search,
  thread,
  type ThreadText,
} from "../google/mail.ts";
import { buildMime } from "../google/mime.ts";
import { type Owner, owner } from "../google/owner.ts";
import { type Sent, sentLike } from "../google/sent.ts";
import { type ThreadCard, threadCard } from "../google/thread-card.ts";
import type { Broker, Grant } from "../vault/broker.ts";
import { createBorrower } from "./borrow.ts";
import { type Dossier, judgeMail, partiesOf } from "./dossier.ts";
import { editByHand, type Rewrite, rewrite } from "./edit-draft.ts";
import { answerTo, envelope, type NewDraft } from "./envelope.ts";
import { notesOn } from "./notes-on.ts";
import { senderOf } from "./sender.ts";
import { BY_HAND, dossierOf, ownOf, participantsOf, type Provenance } from "./standing.ts";
import { bareSubject } from "./subject.ts";

export type { Found };

export interface SavedDraft {
  view: DraftView;
  /** What the person and the model should know about how it is addressed. */
  notes: readonly string[];
  dossier: Dossier;
}

export interface Mailroom {
  owner(signal: AbortSignal): Promise<Answer<Owner>>;
  search(tool: ToolName, wanted: Search, signal: AbortSignal): Promise<Answer<Found>>;
  thread(id: string, signal: AbortSignal): Promise<Answer<ThreadText>>;
  /** By what the thread is known in other mailboxes. */
  threadCard(id: string, signal: AbortSignal): Promise<Answer<ThreadCard>>;
  /** The names of these labels. */
  labelNames(ids: readonly string[], signal: AbortSignal): Promise<Answer<string[]>>;
  /** The threads of these messages. */
  threadsOf(messageIds: readonly string[], signal: AbortSignal): Promise<Answer<string[]>>;
  /** The owner's sent mail like the one to be written: to these, or to those that the message's answer would go to. */
  sentLike(
    about: { to: readonly string[]; messageId: string | undefined },
    signal: AbortSignal,
  ): Promise<Answer<Sent>>;
  /** What a template is filled with: of the mailbox, and of a thread of it. */
  composeFacts(threadId: string | undefined, signal: AbortSignal): Promise<Answer<ComposeFacts>>;
  saveDraft(
    wanted: NewDraft,
    signal: AbortSignal,
    provenance?: Provenance,
  ): Promise<Answer<SavedDraft>>;
  draft(draftId: string): Promise<Answer<DraftView>>;
  /** Replaces what the person may change; refused when the draft is not the version that was edited. */
  editDraft(
    draftId: string,
    seen: string,
    edit: DraftEdit,
    known?: Dossier,
  ): Promise<Answer<Omit<SavedDraft, "notes">>>;
  /** The same, as the assistant changes a draft: what it does not name stays. */
  rewriteDraft(
    draftId: string,
    seen: string,
    change: Rewrite,
    about: { known: Dossier | undefined; provenance: Provenance },
    signal: AbortSignal,
  ): Promise<Answer<SavedDraft>>;
}

export function createMailroom(deps: {
  broker: Broker;
  openMailbox: OpenMailbox;
  grant: Grant | undefined;
}): Mailroom {
  const lend = createBorrower(deps);

  function borrow<T>(
    tool: ToolName,
    work: (api: gmail_v1.Gmail) => Promise<T>,
    missing: "thread_unknown" | "draft_unknown" = "thread_unknown",
    signal?: AbortSignal,
  ): Promise<Answer<T>> {
    return lend(tool, (token, sub) => work(deps.openMailbox(sub, token)), missing, signal);
  }

  return {
    owner: (signal) =>
      borrow("read_email_thread", (api) => owner(api, signal), "thread_unknown", signal),
    search: (tool, wanted, signal) =>
      borrow(tool, (api) => search(api, wanted, signal), "thread_unknown", signal),
    thread: (id, signal) =>
      borrow("read_email_thread", (api) => thread(api, id, signal), "thread_unknown", signal),

    threadCard: (id, signal) =>
      borrow("read_email_thread", (api) => threadCard(api, id, signal), "thread_unknown", signal),

    labelNames: (ids, signal) =>
      borrow(
        "read_email_thread",
        async (api) => {
          const all = await labels(api, signal);
          return all.flatMap(({ id, name }) => (ids.includes(id) ? [name] : []));
        },
        "thread_unknown",
        signal,
      ),

    threadsOf: (messageIds, signal) =>
      borrow(
        "read_email_thread",
        async (api) => {
          const found = await lying(api, messageIds, signal);
          return [...new Set(found.flatMap((one) => one?.threadId ?? []))];
        },
        "thread_unknown",
        signal,
      ),

    sentLike: ({ to, messageId }, signal) =>
      borrow(
        "read_my_style",
        async (api) => {
          if (to.length > 0 || messageId === undefined) {
            return sentLike(api, to, undefined, signal);
          }
          const [me, { facts }] = await Promise.all([
            owner(api, signal),
            messageForReply(api, messageId, signal),
          ]);
          return sentLike(api, answerTo(facts, me).map(formatParty), me, signal);
        },
        "thread_unknown",
        signal,
      ),

    composeFacts: (threadId, signal) =>
      borrow(
        "draft_email_reply",
        async (api) => {
          const [me, last] = await Promise.all([
            owner(api, signal),
            threadId === undefined ? undefined : lastOfThread(api, threadId, signal),
          ]);
          return factsOf(me, last);
        },
        "thread_unknown",
        signal,
      ),

    async saveDraft(wanted, signal, provenance = BY_HAND) {
      const typed = checkAddresses([...(wanted.to ?? []), ...(wanted.cc ?? [])]);
      if (!typed.ok) return refusedAddress(typed.refused);
      const saved = await borrow(
        "draft_email_reply",
        async (api): Promise<Answer<SavedDraft>> => {
          const { messageId } = wanted;
          const [me, original] = await Promise.all([
            owner(api, signal),
            messageId === undefined ? undefined : messageForReply(api, messageId, signal),
          ]);
          const made = envelope(wanted, me, original?.facts);
          if (!made.ok) return made;
          const { mail, notes, threadId } = made.value;
          const carries = wanted.mode === "forward" && wanted.withoutAttachments !== true;
          const [carried, more] = await Promise.all([
            original === undefined || !carries ? NO_FILES : filesOf(api, original, signal),
            attached(api, wanted.attach ?? [], signal),
          ]);
          if (!carried.ok) return carried;
          if (!more.ok) return more;
          const raw = await buildMime({ ...mail, attachments: [...carried.value, ...more.value] });
          const looking = {
            originOf: provenance.originOf,
            own: ownOf(me),
            thread: original === undefined ? [] : participantsOf(original.facts),
            notes: notesOn(wanted.body, mail, { provenance, me, original: original?.facts }),
          };
          const [{ view }, dossier] = await Promise.all([
            createDraft(api, raw, threadId, signal).then((id) => liveDraft(api, id, signal)),
            dossierOf(api, partiesOf(mail), looking, signal),
          ]);
          const judged = judgeMail(view.content, dossier);
          return { ok: true, value: { view: { ...view, ...judged }, notes, dossier } };
        },
        "thread_unknown",
        signal,
      );
      return saved.ok ? saved.value : saved;
    },

    draft: (draftId) =>
      borrow(
        "send_email_with_approval",
        async (api) => (await liveDraft(api, draftId)).view,
        "draft_unknown",
      ),

    async editDraft(draftId, seen, edit, known) {
      const checked = checkAddresses([...edit.to, ...edit.cc, ...edit.bcc]);
      if (!checked.ok) return refusedAddress(checked.refused);
      const edited = await borrow(
        "send_email_with_approval",
        (api) => editByHand(api, draftId, seen, edit, known),
        "draft_unknown",
      );
      return edited.ok ? edited.value : edited;
    },

    async rewriteDraft(draftId, seen, change, about, signal) {
      const checked = checkAddresses([...(change.to ?? []), ...(change.cc ?? [])]);
      if (!checked.ok) return refusedAddress(checked.refused);
      const changed = await borrow(
        "draft_email_reply",
        (api) => rewrite(api, draftId, seen, change, about, signal),
        "draft_unknown",
        signal,
      );
      return changed.ok ? changed.value : changed;
    },
  };
}

const NO_FILES = { ok: true, value: [] } as const;

function factsOf(me: Owner, last: Replied | undefined): ComposeFacts {
  const sender = senderOf(undefined, me, last);
  const myName = sender.ok ? sender.alias.name : me.name;
  if (last === undefined) return { myName };
  return {
    myName,
    thread: {
      messageId: MessageId.parse(last.id),
      to: answerTo(last, me).map(formatParty),
      subject: bareSubject(last.subject),
      lastAt: last.date,
    },
  };
}

function refusedAddress(address: string): { ok: false; problem: Problem } {
  return { ok: false, problem: problem("address_refused", { detail: `It was: ${address}` }) };
}
