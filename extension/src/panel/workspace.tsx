/** The frame of the panel: header, what waits, and the page that fits the session's state. */
import { type ReactElement, useState } from "react";
import { z } from "zod";

import { detach } from "../detach.ts";
import { askGmail } from "../messages/send.ts";
import { later } from "../ui/later.tsx";
import { Chat } from "./chat/chat.tsx";
import { useThreadConversation } from "./chat/use-thread-conversation.ts";
import { Conversations } from "./conversations/conversations.tsx";
import { Header } from "./session/header.tsx";
import { Permissions } from "./session/permissions.tsx";
import { SessionGate } from "./session/session-gate.tsx";
import { useSession } from "./session/use-session.ts";
import { useSettings } from "./session/use-settings.ts";
import { useKeyboard } from "./use-keyboard.ts";
import { useActiveTab, useGmailView } from "./use-tab.ts";
import { useTheme } from "./use-theme.ts";
import type { Line } from "./wire.ts";

export interface WorkspaceProps {
  line: Line;
  tabId: number | undefined;
  inGmail: boolean;
}

const Nothing = z.unknown();
const Compose = later(async () => (await import("./compose/compose.tsx")).Compose);

export function Workspace({ line, tabId: entered, inGmail }: WorkspaceProps): ReactElement {
  const tabId = useActiveTab(entered, inGmail);
  const gmail = useGmailView(tabId);
  const session = useSession(line.call);
  const [page, setPage] = useState<"chat" | "permissions" | "conversations">("chat");
  /** Absent until it was opened once: then it keeps what was typed. */
  const [composing, setComposing] = useState<boolean>();
  const { gate } = session;
  const ready = gate.at === "ready" ? gate.session : undefined;
  const thread = useThreadConversation(
    line.call,
    gmail.known ? ready?.sub : undefined,
    gmail.view?.threadId,
  );
  const { settings, change } = useSettings(line.call, ready?.sub);
  useTheme(gmail.view?.theme);

  useKeyboard(tabId, inGmail);

  const hide = (show: "close" | "collapse") =>
    inGmail && tabId !== undefined
      ? () => detach(askGmail(tabId, { type: "gmail.panel", show }, Nothing))
      : undefined;
  const menu =
    ready === undefined
      ? []
      : [
          ...(ready.google.state === "connected"
            ? [
                { label: "Compose", testId: "menu-compose", act: () => setComposing(true) },
                {
                  label: "Conversations",
                  testId: "menu-conversations",
                  act: () => setPage("conversations"),
                },
              ]
            : []),
          { label: "Permissions", testId: "menu-permissions", act: () => setPage("permissions") },
          ...(settings === undefined
            ? []
            : [
                {
                  label: "Write in my voice",
                  testId: "menu-voice",
                  on: settings.voice,
                  act: () => detach(change({ voice: !settings.voice })),
                },
              ]),
          { label: "Sign out", testId: "signout", act: () => detach(session.signOut()) },
        ];

  return (
    <div className="panel" data-testid="panel">
      <Header
        session={ready}
        account={gmail.view?.account}
        menu={menu}
        onNew={
          ready?.google.state === "connected"
            ? () => {
                setPage("chat");
                thread.startNew();
              }
            : undefined
        }
        onPermissions={() => setPage("permissions")}
        onCollapse={hide("collapse")}
        onClose={hide("close")}
      />
      {ready !== undefined && page === "permissions" ? (
        <Permissions
          google={ready.google}
          model={ready.model}
          busy={session.busy !== undefined}
          onBack={() => setPage("chat")}
          onConnect={() => detach(session.connect())}
          onDisconnect={() => detach(session.disconnect())}
        />
      ) : ready?.google.state === "connected" && page === "conversations" ? (
        <Conversations
          call={line.call}
          sub={ready.sub}
          onBack={() => setPage("chat")}
          onOpen={(id) => {
            thread.visit(id);
            setPage("chat");
          }}
          onRemoved={thread.gone}
        />
      ) : ready?.google.state === "connected" ? (
        <Chat
          line={line}
          tabId={tabId}
          gmail={gmail}
          sub={ready.sub}
          google={ready.google}
          session={session}
          thread={thread}
        />
      ) : (
        <SessionGate session={session} />
      )}
      {ready === undefined || composing === undefined ? undefined : (
        <Compose
          call={line.call}
          open={composing}
          threadId={gmail.view?.threadId}
          conversationId={thread.id}
          remedies={{
            signIn: () => detach(session.signIn()),
            connect: () => detach(session.connect()),
          }}
          onClose={() => setComposing(false)}
          onSaved={(id, threadId) => {
            setComposing(false);
            setPage("chat");
            if (threadId === gmail.view?.threadId) thread.keep(id);
            else thread.visit(id);
          }}
        />
      )}
    </div>
  );
}
