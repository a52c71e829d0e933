/** The page for each state in which the panel can't work yet. */
import type { ReactElement } from "react";

import { detach } from "../../detach.ts";
import { ProblemCard } from "../chat/problem-card.tsx";
import { GateCard } from "./gate.tsx";
import type { SessionControl } from "./use-session.ts";

export function SessionGate({ session }: { session: SessionControl }): ReactElement {
  const { gate, busy, notice } = session;
  switch (gate.at) {
    case "loading":
      return (
        <main className="gate" data-testid="gate" data-state="loading">
          <p className="quiet">Opening</p>
        </main>
      );
    case "signed_out":
      return (
        <GateCard
          state="signed-out"
          title="Sign in to VaultDesk"
          words="It reads and drafts beside your open thread. Nothing is sent until you approve it on your phone."
          button={{
            label: "Sign in",
            testId: "signin",
            act: () => detach(session.signIn()),
            busy: busy === "login",
          }}
          notice={notice}
        />
      );
    case "unreachable":
      return (
        <GateCard
          state="unreachable"
          title="VaultDesk's server does not answer"
          words="Nothing was sent. Approvals that wait are kept there and go on without this panel. It is tried again by itself; check your network if it stays."
          button={{
            label: "Try again",
            testId: "retry",
            act: () => detach(session.refresh()),
            busy: false,
          }}
          also={{ label: "Sign in again", testId: "signin", act: () => detach(session.signIn()) }}
          notice={notice}
        />
      );
    case "problem":
      return (
        <main className="gate" data-testid="gate" data-state="problem">
          <ProblemCard
            problem={gate.problem}
            remedies={{
              signIn: () => detach(session.signIn()),
              connect: (scopes) => detach(session.connect(scopes)),
              again: () => detach(session.refresh()),
            }}
          />
        </main>
      );
    case "ready":
      return <GoogleGate session={session} />;
  }
}

function GoogleGate({ session }: { session: SessionControl }): ReactElement {
  const { gate, busy, notice } = session;
  const google = gate.at === "ready" ? gate.session.google : undefined;
  const connecting = busy === "connect";
  const also = { label: "Sign out", testId: "signout-link", act: () => detach(session.signOut()) };
  if (google?.state === "unreachable") {
    return (
      <main className="gate" data-testid="gate" data-state="google-unreachable">
        <ProblemCard
          problem={google.problem}
          remedies={{
            connect: (scopes) => detach(session.connect(scopes)),
            again: () => detach(session.refresh()),
          }}
        />
      </main>
    );
  }
  const again = google?.state === "reconnect";
  return (
    <GateCard
      state={again ? "reconnect" : "not-connected"}
      title={again ? "Reconnect Google" : "Connect your Gmail"}
      words={
        again
          ? "Google no longer accepts the connection. Nothing was read or sent. Connect once more to go on."
          : "Signing in does not open your mailbox. Google asks you next what VaultDesk may do; you can untick any of it."
      }
      button={{
        label: again ? "Reconnect Google" : "Connect Google",
        testId: "connect",
        act: () => detach(session.connect()),
        busy: connecting,
      }}
      also={also}
      notice={notice}
    />
  );
}
