/**
 * What a run or the panel may do to a mailbox without a phone: read, and save drafts that only the owner sees.
 * Each call borrows a token; a token that Google refuses is forgotten and asked for once more. Never sends.
 */
import type { gmail_v1 } from "@googleapis/gmail";
import type { DraftEdit, DraftView } from "@vaultdesk/shared/draft.ts";
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";
import { missingFor, type ToolName } from "@vaultdesk/shared/scope.ts";

import { checkAddresses, formatParty, parseAddresses } from "../google/addresses.ts";
import { type Answer, answer, gmailClient } from "../google/call.ts";
import { createDraft, liveDraft, replaceDraft } from "../google/drafts.ts";
import {
  type Found,
  messageForReply,
  type Replied,
  search,
  type Search,
  thread,
  type ThreadText,
} from "../google/mail.ts";
import { buildMime } from "../google/mime.ts";
import { type Owner, owner } from "../google/owner.ts";
import type { Broker, Grant } from "../vault/broker.ts";

export type { Answer, Found };

export interface NewDraft {
  mode: "reply" | "reply_all" | "new";
  /** The message that is answered; needed unless `new`. */
  messageId?: string | undefined;
  to?: readonly string[] | undefined;
  cc?: readonly string[] | undefined;
  subject?: string | undefined;
  body: string;
}

export interface Mailroom {
  owner(signal: AbortSignal): Promise<Answer<Owner>>;
  search(tool: ToolName, wanted: Search, signal: AbortSignal): Promise<Answer<Found>>;
  thread(id: string, signal: AbortSignal): Promise<Answer<ThreadText>>;
  saveDraft(wanted: NewDraft, signal: AbortSignal): Promise<Answer<DraftView>>;
  draft(draftId: string): Promise<Answer<DraftView>>;
  /** Replaces what the person may change; refused when the draft is not the version that was edited. */
  editDraft(draftId: string, seen: string, edit: DraftEdit): Promise<Answer<DraftView>>;
}

export function createMailroom(deps: {
  broker: Broker;
  gmailRootUrl: string;
  grant: Grant | undefined;
}): Mailroom {
  const { broker } = deps;

  async function borrow<T>(
    tool: ToolName,
    work: (api: gmail_v1.Gmail) => Promise<T>,
    missing: "thread_unknown" | "draft_unknown" = "thread_unknown",
    signal?: AbortSignal,
  ): Promise<Answer<T>> {
    const { grant } = deps;
    if (grant === undefined) return { ok: false, problem: problem("signed_out") };
    const attempt = async (): Promise<Answer<T>> => {
      const loan = await broker.withToken(
        grant,
        tool,
        (token) => answer(() => work(gmailClient(deps.gmailRootUrl, token)), missing),
        signal,
      );
      return loan.ok ? loan.value : loan;
    };
    const first = await attempt();
    if (first.ok || first.problem.code !== "google_reconnect") return withScopes(first, tool);
    broker.forget(grant.sub);
    return withScopes(await attempt(), tool);
  }

  return {
    owner: (signal) =>
      borrow("read_email_thread", (api) => owner(api, signal), "thread_unknown", signal),
    search: (tool, wanted, signal) =>
      borrow(tool, (api) => search(api, wanted, signal), "thread_unknown", signal),
    thread: (id, signal) =>
      borrow("read_email_thread", (api) => thread(api, id, signal), "thread_unknown", signal),

    async saveDraft(wanted, signal) {
      const typed = checkAddresses([...(wanted.to ?? []), ...(wanted.cc ?? [])]);
      if (!typed.ok) return refusedAddress(typed.refused);
      const saved = await borrow(
        "draft_email_reply",
        async (api): Promise<Answer<DraftView>> => {
          const me = await owner(api, signal);
          const answered =
            wanted.messageId === undefined
              ? undefined
              : await messageForReply(api, wanted.messageId, signal);
          const parts = envelope(wanted, me, answered);
          if (!parts.ok) return parts;
          const raw = await buildMime(parts.value);
          const draftId = await createDraft(api, raw, answered?.threadId, signal);
          return { ok: true, value: (await liveDraft(api, draftId, signal)).view };
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

    async editDraft(draftId, seen, edit) {
      const checked = checkAddresses([...edit.to, ...edit.cc, ...edit.bcc]);
      if (!checked.ok) return refusedAddress(checked.refused);
      const edited = await borrow(
        "send_email_with_approval",
        async (api): Promise<Answer<DraftView>> => {
          const live = await liveDraft(api, draftId);
          if (live.view.messageId !== seen) return { ok: false, problem: problem("draft_changed") };
          const { from, threadId } = live.view.content;
          const raw = await buildMime({
            ...edit,
            from,
            inReplyTo: live.inReplyTo,
            references: live.references,
            attachments: live.attachments,
          });
          await replaceDraft(api, draftId, raw, threadId);
          return { ok: true, value: (await liveDraft(api, draftId)).view };
        },
        "draft_unknown",
      );
      return edited.ok ? edited.value : edited;
    },
  };
}

function refusedAddress(address: string): { ok: false; problem: Problem } {
  return { ok: false, problem: problem("address_refused", { detail: `It was: ${address}` }) };
}

/** Google's 403 does not say which scope: the tool's own do. */
function withScopes<T>(result: Answer<T>, tool: ToolName): Answer<T> {
  if (result.ok || result.problem.code !== "google_scope_missing") return result;
  if (result.problem.scopes !== undefined) return result;
  return { ok: false, problem: { ...result.problem, scopes: missingFor(tool, []) } };
}

/** Who gets the draft, under which subject, with which references (RFC 5322 3.6.4), and the quoted original. Pure. */
export function envelope(
  wanted: NewDraft,
  me: Owner,
  answered: Replied | undefined,
): Answer<Parameters<typeof buildMime>[0]> {
  if (wanted.mode !== "new" && answered === undefined) {
    return {
      ok: false,
      problem: problem("thread_unknown", { detail: "Name the message to answer." }),
    };
  }
  const mine = (address: string) => address === me.address;
  const fromMe =
    answered !== undefined && parseAddresses(answered.from).some((p) => mine(p.address));
  const source =
    answered === undefined ? "" : fromMe ? answered.to : answered.replyTo || answered.from;
  const direct = parseAddresses((wanted.to ?? []).join(", "));
  const to = direct.length > 0 ? direct : parseAddresses(source);
  const others =
    wanted.mode === "reply_all" && answered !== undefined
      ? parseAddresses(`${answered.to}, ${answered.cc}`)
      : [];
  const taken = new Set([me.address, ...to.map((party) => party.address)]);
  const cc = [...parseAddresses((wanted.cc ?? []).join(", ")), ...others].filter(
    (party) => !taken.has(party.address) && taken.add(party.address),
  );
  if (to.length === 0) {
    return {
      ok: false,
      problem: problem("address_refused", { detail: "The message names nobody to answer." }),
    };
  }
  const subject = wanted.subject ?? (answered === undefined ? "" : replySubject(answered.subject));
  return {
    ok: true,
    value: {
      from: formatParty(me),
      to: to.map(formatParty),
      cc: cc.map(formatParty),
      bcc: [],
      subject: subject.replace(/[\r\n]+/g, " "),
      text: answered === undefined ? wanted.body : `${wanted.body}\n\n${quoted(answered)}`,
      ...(answered === undefined || answered.messageId === ""
        ? {}
        : {
            inReplyTo: answered.messageId,
            references: `${answered.references} ${answered.messageId}`.trim(),
          }),
      attachments: [],
    },
  };
}

function replySubject(subject: string): string {
  return /^re:/i.test(subject) ? subject : `Re: ${subject}`.trim();
}

function quoted(answered: Replied): string {
  const when = new Date(answered.date).toUTCString().replace("GMT", "UTC");
  const lines = answered.text
    .split("\n")
    .map((line) => (line.startsWith(">") ? `>${line}` : `> ${line}`));
  return `On ${when}, ${answered.from} wrote:\n${lines.join("\n")}`;
}
