/**
 * A draft's head and text: from which of the owner's addresses, to whom, under which subject, in which thread, with which references,
 * the signature and the original. Pure. Whether a recipient was ever named in the conversation is not judged here.
 */
import { problem } from "@vaultdesk/shared/problem.ts";

import { formatParty, parseAddresses, type Party } from "../google/addresses.ts";
import type { Answer } from "../google/call.ts";
import type { Attach } from "../google/files.ts";
import type { Replied } from "../google/mail.ts";
import type { Outgoing } from "../google/mime.ts";
import type { Owner } from "../google/owner.ts";
import { forwarded, quoted, signed } from "./quote.ts";
import { referencesTo } from "./references.ts";
import { isMine, senderOf } from "./sender.ts";
import { bareSubject, forwardSubject, oneLine, replySubject } from "./subject.ts";

export interface NewDraft {
  mode: "reply" | "reply_all" | "forward" | "new";
  /** The message that is answered or forwarded; needed unless `new`. */
  messageId?: string | undefined;
  /** One of the owner's addresses; without it the one that the message was sent to. */
  from?: string | undefined;
  to?: readonly string[] | undefined;
  cc?: readonly string[] | undefined;
  subject?: string | undefined;
  body: string;
  /** Of a forward. */
  withoutAttachments?: boolean | undefined;
  /** Files of other messages. */
  attach?: readonly Attach[] | undefined;
  /** In whose words the original's time is told, IANA name; UTC without it. */
  timeZone?: string | undefined;
}

export interface Enveloped {
  mail: Omit<Outgoing, "attachments">;
  threadId: string | undefined;
  notes: readonly string[];
}

const refused = (detail: string): { ok: false; problem: ReturnType<typeof problem> } => ({
  ok: false,
  problem: problem("address_refused", { detail }),
});

const parties = (list: readonly string[] | undefined) => parseAddresses((list ?? []).join(", "));

/** Who an answer goes to by itself: the sender's Reply-To, or those that one's own mail went to. */
export function answerTo(original: Replied, me: Owner): Party[] {
  const mine = (party: Party) => isMine(party.address, me);
  if (!parseAddresses(original.from).some(mine)) {
    return parseAddresses(original.replyTo === "" ? original.from : original.replyTo);
  }
  const others = parseAddresses(original.to).filter((party) => !mine(party));
  return others.length > 0 ? others : parseAddresses(original.to);
}

function recipients(wanted: NewDraft, me: Owner, original: Replied | undefined) {
  const named = parties(wanted.to);
  const answers = wanted.mode === "reply" || wanted.mode === "reply_all";
  const source = original === undefined || !answers ? [] : answerTo(original, me);
  const all = wanted.mode === "reply_all" && original !== undefined;
  const others = all ? [...source, ...parseAddresses(`${original.to}, ${original.cc}`)] : [];
  const to = named.length > 0 ? named : source;
  const taken = new Set(to.map((party) => party.address));
  const cc = [...parties(wanted.cc), ...others.filter((party) => !isMine(party.address, me))];
  return { to, cc: cc.filter(({ address }) => !taken.has(address) && taken.add(address)) };
}

function subjectOf({ mode, subject }: NewDraft, original: Replied | undefined): string {
  if (subject !== undefined) return oneLine(subject);
  if (original === undefined || mode === "new") return "";
  return mode === "forward" ? forwardSubject(original.subject) : replySubject(original.subject);
}

export function envelope(
  wanted: NewDraft,
  me: Owner,
  answered: Replied | undefined,
): Answer<Enveloped> {
  const { mode } = wanted;
  const original = mode === "new" ? undefined : answered;
  if (mode !== "new" && original === undefined) {
    const detail = `Name the message to ${mode === "forward" ? "forward" : "answer"}.`;
    return { ok: false, problem: problem("thread_unknown", { detail }) };
  }
  const sender = senderOf(wanted.from, me, original);
  if (!sender.ok) return refused(sender.detail);
  const { to, cc } = recipients(wanted, me, original);
  if (to.length === 0) {
    return refused(
      original === undefined || mode === "forward"
        ? "Name who gets the mail."
        : "The message names nobody to answer.",
    );
  }
  const subject = subjectOf(wanted, original);
  const text = signed(wanted.body, sender.alias.signature);
  // Gmail keeps a thread only under its subject.
  const same = original !== undefined && bareSubject(subject) === bareSubject(original.subject);
  const below =
    original === undefined
      ? ""
      : `\n\n${(mode === "forward" ? forwarded : quoted)(original, wanted.timeZone)}`;
  return {
    ok: true,
    value: {
      mail: {
        from: formatParty(sender.alias),
        to: to.map(formatParty),
        cc: cc.map(formatParty),
        bcc: [],
        subject,
        text: `${text}${below}`,
        ...(original === undefined ? {} : referencesTo(original)),
      },
      threadId: same ? original.threadId : undefined,
      notes:
        original === undefined || same ? [] : ["The new subject starts a new thread in Gmail."],
    },
  };
}
