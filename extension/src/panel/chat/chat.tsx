/** The working panel: what waits, the conversation of the open thread, the question box. */
import type { GoogleConnection } from "@vaultdesk/shared/api.ts";
import type { ApprovalView } from "@vaultdesk/shared/approval.ts";
import type { ConversationId, MessageId, RoomId, ThreadId } from "@vaultdesk/shared/id.ts";
import { type ReactElement, useEffect, useEffectEvent, useRef, useState } from "react";

import { detach } from "../../detach.ts";
import type { PendingReply } from "../../messages/protocol.ts";
import { AskedOfYou } from "../approvals/asked-of-you.tsx";
import { useOpenApprovals } from "../approvals/use-approvals.ts";
import { WaitingBar } from "../approvals/waiting-bar.tsx";
import { isOtherMailbox, mailBase } from "../mailbox.ts";
import { approvalsIn } from "../questions.ts";
import { ThreadRoom } from "../rooms/thread-room.tsx";
import { roleLeaves, useThreadPlace } from "../rooms/use-thread-place.ts";
import type { SessionControl } from "../session/use-session.ts";
import { useHold } from "../use-hold.ts";
import { useOpenMessage } from "../use-open-message.ts";
import type { SeenInGmail } from "../use-tab.ts";
import type { Line } from "../wire.ts";
import { Composer } from "./composer.tsx";
import { EmptyChat } from "./empty-chat.tsx";
import { problemOf } from "./failure.ts";
import { Feed } from "./feed.tsx";
import { neededScopes } from "./needed-scopes.ts";
import { MissingScopes, NoMessage, OtherMailbox, UnseenThread } from "./notices.tsx";
import { useAsking } from "./use-asking.ts";
import { useConversation } from "./use-conversation.ts";
import { DRAFT_REPLY_TEXT, usePendingReply } from "./use-pending-reply.ts";
import type { ThreadConversation } from "./use-thread-conversation.ts";
import { writesOf } from "./use-writes.ts";

export interface ChatProps {
  line: Line;
  tabId: number | undefined;
  gmail: SeenInGmail;
  sub: string;
  google: Extract<GoogleConnection, { state: "connected" }>;
  session: SessionControl;
  thread: ThreadConversation;
  /** The card that was asked for on another page. */
  card: string | undefined;
  /** What another page put into the question box. */
  question: string | undefined;
  /** Opens the page of a deal room, and there its tracker. */
  onRoom: (id: RoomId, tab?: "tracker") => void;
}

/** Whether the open thread may be in a deal room by it. */
function joinsRoom({ state, items }: ApprovalView): boolean {
  const said = items.flatMap(({ warnings = [] }) => warnings);
  return state === "executed" && said.some(({ kind }) => kind === "joins_room");
}

function focusCard(id: string): boolean {
  const card = document.getElementById(id);
  card?.scrollIntoView({ block: "nearest" });
  card?.focus({ preventScroll: true });
  return card !== null;
}

export function Chat(props: ChatProps): ReactElement {
  const { line, tabId, gmail, sub, google, session, thread, card, question: offered } = props;
  const { call, wire } = line;
  const threadId = gmail.view?.threadId;
  const live = useConversation(wire, thread, session.epoch);
  const { state } = live;
  const place = useThreadPlace(call, threadId);
  const asking = useAsking(call, { threadId, conversationId: thread.id, state });
  const [text, setText] = useState(offered ?? "");
  const [unnamed, setUnnamed] = useState<PendingReply["unnamed"]>();
  const box = useRef<HTMLTextAreaElement>(null);
  const requests = useOpenApprovals(call, sub, approvalsIn(state.items), live.moves);
  const wanted = useRef(card);
  const unseen = gmail.view?.thread === "unsynced" || gmail.view?.thread === "unreadable";
  const otherMailbox = isOtherMailbox(gmail.view, google.email);
  const running = state.run !== undefined || asking.sending !== undefined;
  const base = mailBase(gmail.view);
  useHold(text.trim() !== "" ? "typed" : running ? "busy" : undefined);

  const joined = approvalsIn(state.items).some(joinsRoom) ? live.moves : 0;
  const lookAgain = useEffectEvent(() => detach(place.again()));
  useEffect(() => {
    if (joined > 0) lookAgain();
  }, [joined]);

  const left = useEffectEvent(thread.gone);
  useEffect(() => {
    if (live.gone !== undefined) left(live.gone);
  }, [live.gone]);

  useEffect(() => {
    if (offered !== undefined) box.current?.focus();
  }, [offered]);

  useEffect(() => {
    // The card of another conversation is there some events later.
    if (wanted.current !== undefined && focusCard(wanted.current)) wanted.current = undefined;
  });

  const ask = async (
    question: string,
    about: { threadId: ThreadId | undefined; messageId?: MessageId | undefined } = { threadId },
  ): Promise<void> => {
    const conversationId: ConversationId | undefined =
      about.threadId === threadId ? thread.id : undefined;
    const id = await asking.ask({ text: question, ...about, conversationId });
    if (id === undefined) return;
    thread.keep(id);
    // A question that was not taken stays in the box.
    setText((typed) => (typed.trim() === question ? "" : typed));
  };

  const needed = neededScopes(google.missing, state.items);
  const able = !thread.looking && !running && !otherMailbox;
  usePendingReply(tabId, able, (pending) => {
    setUnnamed(pending.unnamed);
    if (pending.unnamed !== undefined) return;
    detach(ask(DRAFT_REPLY_TEXT, { threadId: pending.threadId, messageId: pending.messageId }));
  });

  const show = (approval: ApprovalView) => {
    if (focusCard(approval.id)) return;
    // What others ask has its card here, and its conversation nowhere.
    if (approval.asker !== undefined) return;
    wanted.current = approval.id;
    thread.visit(approval.conversationId);
  };

  // Kept from render to render: answers that stand do not render again with each word of the next.
  const cite = useOpenMessage(tabId, base);

  const writes = writesOf(call, thread.id, live, base);
  const refused = asking.refused;
  const failure = live.failure === undefined ? undefined : problemOf(live.failure);
  return (
    <>
      <WaitingBar open={requests.open} onShow={show} />
      {threadId === undefined ? undefined : (
        <ThreadRoom call={call} threadId={threadId} reading={place} onOpen={props.onRoom} />
      )}
      <Feed
        state={state}
        sending={asking.sending}
        problem={asking.problem ?? failure}
        up={live.up || failure !== undefined}
        readOnly={otherMailbox || !roleLeaves(place.value, "send_email_with_approval")}
        remedies={{
          signIn: () => detach(session.signIn()),
          connect: (scopes) => detach(session.connect(scopes)),
          again:
            refused === undefined || refused.text === ""
              ? undefined
              : () => detach(ask(refused.text, refused)),
        }}
        writes={writes}
        before={
          <AskedOfYou
            call={call}
            asked={requests.asked}
            writes={writes}
            onChanged={requests.again}
          />
        }
        onCite={cite}
        onBoard={(id) => props.onRoom(id, "tracker")}
        onAsk={(question) => detach(ask(question))}
        mayAsk={!running && !otherMailbox}
        onChange={(question) => {
          setText(question);
          box.current?.focus();
        }}
      >
        {thread.looking || unseen ? undefined : (
          <EmptyChat inThread={threadId !== undefined} inGmail={gmail.view !== undefined} />
        )}
      </Feed>
      {otherMailbox ? (
        <OtherMailbox shown={gmail.view?.account} connected={google.email} />
      ) : (
        <UnseenThread thread={gmail.view?.thread} />
      )}
      {unnamed === undefined ? undefined : (
        <NoMessage why={unnamed} onDrop={() => setUnnamed(undefined)} />
      )}
      {needed.length > 0 ? (
        <MissingScopes
          missing={needed}
          busy={session.busy === "connect"}
          notice={session.notice}
          onGrant={() => detach(session.connect(needed))}
        />
      ) : undefined}
      <Composer
        inThread={threadId !== undefined}
        several={gmail.view?.several === true}
        running={running}
        disabled={otherMailbox}
        suggest={able}
        drafts={roleLeaves(place.value, "draft_email_reply")}
        quiet={state.items.length > 0}
        text={text}
        box={box}
        onText={setText}
        onAsk={(question) => detach(ask(question))}
        onStop={() => {
          if (state.run !== undefined) detach(asking.stop(state.run.id));
        }}
      />
    </>
  );
}
