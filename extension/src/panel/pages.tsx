/** The pages that stand in the conversation's place. Their code is read when they are first opened. */
import type { SessionView } from "@vaultdesk/shared/api.ts";
import type { ThreadId } from "@vaultdesk/shared/id.ts";
import type { ReactElement } from "react";

import { detach } from "../detach.ts";
import { later } from "../ui/later.tsx";
import type { ThreadConversation } from "./chat/use-thread-conversation.ts";
import { Conversations } from "./conversations/conversations.tsx";
import type { RoomShown } from "./rooms/rooms.tsx";
import type { SessionControl } from "./session/use-session.ts";
import type { SettingsControl } from "./settings/use-settings.ts";
import type { Line } from "./wire.ts";

const Permissions = later(async () => (await import("./permissions/permissions.tsx")).Permissions);
const Activity = later(async () => (await import("./activity/activity.tsx")).Activity);
const Settings = later(async () => (await import("./settings/settings.tsx")).Settings);
const Calendar = later(async () => (await import("./calendar/calendar.tsx")).Calendar);
const Rooms = later(async () => (await import("./rooms/rooms.tsx")).Rooms);
const About = later(async () => (await import("./about/about.tsx")).About);

export type PageName =
  | "permissions"
  | "conversations"
  | "rooms"
  | "calendar"
  | "activity"
  | "settings"
  | "about";

/** What there is nothing of before Google is connected. */
export const NEEDS_GOOGLE: ReadonlySet<PageName> = new Set(["conversations", "rooms", "calendar"]);

export interface PagesProps {
  page: PageName;
  line: Line;
  session: SessionControl;
  ready: SessionView;
  thread: ThreadConversation;
  settings: SettingsControl;
  /** The deal room to open first. */
  room: RoomShown | undefined;
  onBack: () => void;
  /** Opens the conversation, with this card in view. */
  onCard: (card: string | undefined) => void;
  onCompose: () => void;
  /** The thread that is open in Gmail. */
  threadId: ThreadId | undefined;
  /** Shows a message in Gmail. */
  onMessage: (messageId: string) => void;
  /** Opens the conversation, with this in the question box. */
  onQuestion: (question: string) => void;
}

export function Pages(props: PagesProps): ReactElement {
  const { page, line, session, ready, thread, settings, onBack, onCard, onCompose } = props;
  const { threadId, onMessage, onQuestion } = props;
  const remedies = {
    signIn: () => detach(session.signIn()),
    connect: (scopes?: readonly string[]) => detach(session.connect(scopes)),
  };
  const busy = session.busy !== undefined;
  switch (page) {
    case "permissions":
      return (
        <Permissions
          call={line.call}
          google={ready.google}
          model={ready.model}
          busy={busy}
          notice={session.notice}
          onBack={onBack}
          onConnect={(scopes) => detach(session.connect(scopes))}
          onDisconnect={session.disconnect}
        />
      );
    case "conversations":
      return (
        <Conversations
          call={line.call}
          onBack={onBack}
          onOpen={(id) => {
            thread.visit(id);
            onBack();
          }}
          onRemoved={thread.gone}
        />
      );
    case "rooms":
      return (
        <Rooms
          call={line.call}
          room={props.room}
          threadId={threadId}
          remedies={remedies}
          onMessage={onMessage}
          onBack={onBack}
        />
      );
    case "calendar":
      return (
        <Calendar
          // A permission that was granted meanwhile is tried at once.
          key={session.epoch}
          call={line.call}
          inThread={threadId !== undefined}
          remedies={remedies}
          notice={session.notice}
          onBack={onBack}
          onOffer={onQuestion}
        />
      );
    case "activity":
      return (
        <Activity
          call={line.call}
          sub={ready.sub}
          onBack={onBack}
          onOpen={({ id, conversationId }) => {
            thread.visit(conversationId);
            onCard(id);
          }}
        />
      );
    case "settings":
      return (
        <Settings
          control={settings}
          busy={busy}
          onBack={onBack}
          onTemplates={onCompose}
          onPhone={() => {
            detach(settings.change({ welcomed: false }));
            onBack();
          }}
          onSignOut={() => detach(session.signOut())}
          onSignOutEverywhere={session.signOutEverywhere}
          onForget={session.forgetMe}
        />
      );
    case "about":
      return (
        <About
          call={line.call}
          granted={ready.google.state === "connected" ? ready.google.granted : []}
          onBack={onBack}
        />
      );
  }
}
