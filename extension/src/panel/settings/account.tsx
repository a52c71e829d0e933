/** Signing out: here, or on every device after a second look; and deleting everything, after another. */
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { type ReactElement, useState } from "react";

import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { ProblemCard } from "../chat/problem-card.tsx";
import { WORDS } from "./words.ts";

export interface AccountProps {
  busy: boolean;
  onSignOut: () => void;
  onSignOutEverywhere: () => Promise<Problem | undefined>;
  onForget: () => Promise<Problem | undefined>;
}

export function Account({
  busy,
  onSignOut,
  onSignOutEverywhere,
  onForget,
}: AccountProps): ReactElement {
  const [asking, setAsking] = useState<"everywhere" | "forget">();
  const [refused, setRefused] = useState<{ problem: Problem; again: () => Promise<void> }>();
  const doing = (act: () => Promise<Problem | undefined>) => {
    const again = async () => {
      const problem = await act();
      setRefused(problem && { problem, again });
    };
    return again;
  };
  const close = () => setAsking(undefined);
  return (
    <section className="stack" aria-label={WORDS.account}>
      <h3>{WORDS.account}</h3>
      <div className="setting">
        <p className="grow">
          {WORDS.signOut}
          <span className="quiet switch-words">{WORDS.signOutWords}</span>
        </p>
        <Button disabled={busy} data-testid="setting-signout" onClick={onSignOut}>
          {WORDS.signOut}
        </Button>
      </div>
      <div className="setting">
        <p className="grow">
          {WORDS.everywhere}
          <span className="quiet switch-words">{WORDS.everywhereWords}</span>
        </p>
        <Button disabled={busy} data-testid="everywhere" onClick={() => setAsking("everywhere")}>
          {WORDS.everywhere}
        </Button>
      </div>
      <div className="setting">
        <p className="grow">
          {WORDS.forget}
          <span className="quiet switch-words">{WORDS.forgetWords}</span>
        </p>
        <Button disabled={busy} data-testid="forget" onClick={() => setAsking("forget")}>
          {WORDS.forgetGo}
        </Button>
      </div>
      {refused === undefined ? undefined : (
        <ProblemCard
          problem={refused.problem}
          remedies={{ again: () => detach(refused.again()) }}
        />
      )}
      {asking === "everywhere" ? (
        <Confirm
          title={WORDS.everywhereTitle}
          words={WORDS.everywhereAsk}
          keep={WORDS.everywhereKeep}
          go={WORDS.everywhere}
          testId="everywhere"
          onEnd={close}
          onGo={doing(onSignOutEverywhere)}
        />
      ) : undefined}
      {asking === "forget" ? (
        <Confirm
          title={WORDS.forgetTitle}
          words={WORDS.forgetAsk}
          keep={WORDS.forgetKeep}
          go={WORDS.forgetGo}
          testId="forget"
          onEnd={close}
          onGo={doing(onForget)}
        />
      ) : undefined}
    </section>
  );
}
