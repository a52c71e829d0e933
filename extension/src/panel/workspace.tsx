/** The frame of the panel: header, what waits, and the page that fits the session's state. */
import { type ReactElement, useState } from "react";
import { z } from "zod";

import { detach } from "../detach.ts";
import { askGmail } from "../messages/send.ts";
import { later } from "../ui/later.tsx";
import type { MenuEntry } from "../ui/menu.tsx";
import { Chat } from "./chat/chat.tsx";
import { useThreadConversation } from "./chat/use-thread-conversation.ts";
import { usePhone } from "./first-run/use-phone.ts";
import { isOtherMailbox, mailBase } from "./mailbox.ts";
import { NEEDS_GOOGLE, type PageName, Pages } from "./pages.tsx";
import type { RoomShown } from "./rooms/rooms.tsx";
import { Header } from "./session/header.tsx";
import { SessionGate } from "./session/session-gate.tsx";
import { useSession } from "./session/use-session.ts";
import { useSettings } from "./settings/use-settings.ts";
import { useHold } from "./use-hold.ts";
import { useKeyboard } from "./use-keyboard.ts";
import { useOpenMessage } from "./use-open-message.ts";
import { useActiveTab, useGmailView } from "./use-tab.ts";
import { useTheme } from "./use-theme.ts";
import { useVisible } from "./use-visible.ts";
import type { Line } from "./wire.ts";

export interface WorkspaceProps {
  line: Line;
  tabId: number | undefined;
  inGmail: boolean;
}

/** What another page sends the person to the conversation for: a card in view, a question to be asked. */
interface Wanted {
  card?: string | undefined;
  question?: string | undefined;
}

const Nothing = z.unknown();
const FirstRun = later(async () => (await import("./first-run/first-run.tsx")).FirstRun);
const Compose = later(async () => (await import("./compose/compose.tsx")).Compose);

export function Workspace({ line, tabId: entered, inGmail }: WorkspaceProps): ReactElement {
  const tabId = useActiveTab(entered, inGmail);
  const gmail = useGmailView(tabId);
  const session = useSession(line);
  const [page, setPage] = useState<PageName>();
  const [room, setRoom] = useState<RoomShown>();
  const [wanted, setWanted] = useState<Wanted>({});
  /** Absent until it was opened once: then it keeps what was typed. */
  const [composing, setComposing] = useState<boolean>();
  const { gate } = session;
  const ready = gate.at === "ready" ? gate.session : undefined;
  const thread = useThreadConversation(
    line.call,
    gmail.known ? ready?.sub : undefined,
    gmail.view?.threadId,
  );
  const settings = useSettings(line.call, ready?.sub);
  const openMessage = useOpenMessage(tabId, mailBase(gmail.view));
  useTheme(gmail.view?.theme);

  useKeyboard(tabId, inGmail);
  const visible = useVisible();
  useHold(visible || session.busy !== undefined ? "busy" : undefined);

  const hide = (show: "close" | "collapse") =>
    inGmail && tabId !== undefined
      ? () => detach(askGmail(tabId, { type: "gmail.panel", show }, Nothing))
      : undefined;
  const connected = ready?.google.state === "connected" ? ready.google : undefined;
  const mayWrite = connected !== undefined && !isOtherMailbox(gmail.view, connected.email);
  // Once per person: whoever has a phone enrolled has been here before.
  const phone = usePhone(connected !== undefined && settings.settings?.welcomed === false);
  const welcomes = phone.welcomes && settings.settings?.welcomed === false;
  const toChat = (about: Wanted = {}) => {
    setWanted(about);
    setPage(undefined);
  };
  const entry = (label: string, name: PageName): MenuEntry[] =>
    connected === undefined && NEEDS_GOOGLE.has(name)
      ? []
      : [
          {
            label,
            testId: `menu-${name}`,
            act: () => {
              setRoom(undefined);
              setPage(name);
            },
          },
        ];
  const compose = { label: "Compose", testId: "menu-compose", act: () => setComposing(true) };
  const menu =
    ready === undefined
      ? []
      : [
          ...(mayWrite ? [compose] : []),
          ...entry("Conversations", "conversations"),
          ...entry("Deal rooms", "rooms"),
          ...entry("Calendar", "calendar"),
          ...entry("Activity", "activity"),
          ...entry("Permissions", "permissions"),
          ...entry("Settings", "settings"),
          ...entry("What VaultDesk can do", "about"),
          { label: "Sign out", testId: "signout", act: () => detach(session.signOut()) },
        ];

  return (
    <div className="panel" data-testid="panel">
      <Header
        session={ready}
        account={gmail.view?.account}
        menu={menu}
        onNew={
          connected === undefined
            ? undefined
            : () => {
                toChat();
                thread.startNew();
              }
        }
        onPermissions={() => setPage("permissions")}
        onCollapse={hide("collapse")}
        onClose={hide("close")}
      />
      {ready !== undefined &&
      page !== undefined &&
      (connected !== undefined || !NEEDS_GOOGLE.has(page)) ? (
        <Pages
          page={page}
          room={room}
          line={line}
          session={session}
          ready={ready}
          thread={thread}
          settings={settings}
          onBack={() => toChat()}
          onCard={(card) => toChat({ card })}
          onCompose={() => setComposing(mayWrite)}
          threadId={gmail.view?.threadId}
          onMessage={openMessage}
          onQuestion={(question) => toChat({ question })}
        />
      ) : connected !== undefined && welcomes ? (
        <FirstRun
          call={line.call}
          email={connected.email}
          phone={phone}
          onSkip={() => detach(settings.change({ welcomed: true }))}
          onAsked={(id, card) => {
            thread.visit(id);
            setWanted({ card });
            detach(settings.change({ welcomed: true }));
          }}
        />
      ) : ready !== undefined && connected !== undefined ? (
        <Chat
          line={line}
          tabId={tabId}
          gmail={gmail}
          sub={ready.sub}
          google={connected}
          session={session}
          thread={thread}
          card={wanted.card}
          question={wanted.question}
          onRoom={(id, tab) => {
            setRoom({ id, tab });
            setPage("rooms");
          }}
        />
      ) : (
        <SessionGate session={session} />
      )}
      {ready === undefined || composing === undefined ? undefined : (
        <Compose
          call={line.call}
          open={composing && mayWrite}
          threadId={gmail.view?.threadId}
          conversationId={thread.id}
          remedies={{
            signIn: () => detach(session.signIn()),
            connect: (scopes) => detach(session.connect(scopes)),
          }}
          onClose={() => setComposing(false)}
          onSaved={(id, threadId) => {
            setComposing(false);
            toChat();
            if (threadId === gmail.view?.threadId) thread.keep(id);
            else thread.visit(id);
          }}
        />
      )}
    </div>
  );
}
