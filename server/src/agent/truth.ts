/**
 * What the assistant says, checked against the record on its way to the panel: a sentence that claims an effect is shown if an executed
 * approval of its kind bears it out; else a note is told in its place. A citation of what was not read here is marked, and so is a quote
 * that nobody wrote. The record is read when a claim is met. What the model is told later that it said is what was shown.
 */
import { AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import type { ApprovalView } from "@vaultdesk/shared/approval.ts";
import { type Claimed, type Found, withheldWords } from "@vaultdesk/shared/claim.ts";
import type { RunId } from "@vaultdesk/shared/id.ts";

import { type Claim, claimedBy, claimIn } from "./claims.ts";
import { linksIn } from "./links.ts";
import { withMarkedQuotes, withoutHeard } from "./quotes.ts";
import { readIn, type Reads } from "./reads.ts";
import { createSentences, type Piece } from "./sentences.ts";
import { type Seen, seenIn } from "./tools/provenance.ts";
import type { Voice } from "./voice.ts";

export interface Truth {
  say(delta: string): Promise<void>;
  /** Says what is still held. */
  end(): Promise<void>;
  /** The turn as it was shown. */
  shown(turn: AIMessageChunk): AIMessageChunk;
}

/** The approvals that bear on a claim: the run's own, or, when it asked for none, the conversation's. */
export interface Effects {
  ofRun(): Promise<ApprovalView[]>;
  ofConversation(): Promise<ApprovalView[]>;
}

/** What an approval would bear out. An invitation that Google mails is sent, too. */
function bears({ items: [item] }: ApprovalView, claimed: Claimed): boolean {
  switch (item?.kind) {
    case "email.send":
      return claimed === "sent";
    case "event.create":
    case "event.update":
    case "event.cancel":
      return claimed === "scheduled" || (claimed === "sent" && item.guestsMailed);
    case "mail.label":
    case "mail.trash":
    case "mail.untrash":
      return claimed === "moved";
    case undefined:
      return false;
  }
}

/** `undefined` when the claim is true. */
export function objection(
  claim: Exclude<Claim, "none">,
  claimed: Claimed,
  all: readonly ApprovalView[],
): Found | undefined {
  const approvals = all.filter((approval) => bears(approval, claimed));
  const executed = approvals.filter((approval) => approval.state === "executed");
  if (executed.length > 0 && claim === "one") return undefined;
  if (executed.length > 0) return executed.length === approvals.length ? undefined : "part";
  const unsettled = approvals.some(({ state }) => state === "executing" || state === "unknown");
  return unsettled ? "unknown" : "nothing";
}

const CITED = /\[msg:([^\]\s]{1,64})\]/g;
const UNREAD = "[source not read here]";

/** A citation is of a message that was read in this conversation; another one is marked, and opens nothing. */
function cited(text: string, seen: Seen): string {
  return text.replace(CITED, (whole, id: string) => (seen(id) ? whole : UNREAD));
}

export function createTruth(
  runId: RunId,
  voice: Voice,
  effects: Effects,
  messages: readonly BaseMessage[],
): Truth {
  const seen = seenIn(messages);
  const links = linksIn(messages);
  let read: Reads | undefined;
  const reads = () => (read ??= readIn(messages));
  const sentences = createSentences();
  let shown = "";
  let withheld = false;
  let marked = false;
  let afterNote = false;

  async function objectionTo(said: Piece): Promise<Found | undefined> {
    const piece = { ...said, text: withoutHeard(said.text, reads) };
    const claim = claimIn(piece);
    if (claim === "none") return undefined;
    const own = await effects.ofRun();
    return objection(
      claim,
      claimedBy(piece),
      own.length > 0 ? own : await effects.ofConversation(),
    );
  }

  async function pass(said: Piece): Promise<void> {
    const piece = { ...said, text: withMarkedQuotes(cited(said.text, seen), reads) };
    if (piece.text !== said.text) marked = true;
    const found = await objectionTo(piece);
    if (found === undefined) {
      shown += piece.text;
      // Blank lines after a note would be an answer with nothing in it.
      if (afterNote && piece.text.trim() === "") return;
      afterNote = false;
      const urls = links(piece.text);
      if (urls.length > 0) voice.tell({ type: "links.known", runId, urls });
      voice.text(piece.text);
      return;
    }
    const claimed = claimedBy(piece);
    withheld = true;
    afterNote = true;
    shown += `[${withheldWords(claimed, found)}]${/\s*$/.exec(piece.text)?.[0] ?? ""}`;
    voice.tell({ type: "claim.withheld", runId, claimed, found });
  }

  return {
    async say(delta) {
      for (const piece of sentences.push(delta)) await pass(piece);
    },
    async end() {
      for (const piece of sentences.rest()) await pass(piece);
    },
    shown(turn) {
      if (!withheld && !marked) return turn;
      const { tool_calls = [], invalid_tool_calls = [] } = turn;
      return new AIMessageChunk({ content: shown, tool_calls, invalid_tool_calls });
    },
  };
}
