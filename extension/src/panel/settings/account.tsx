/** Signing out: here, or on every device after a second look. */
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
}

export function Account({ busy, onSignOut, onSignOutEverywhere }: AccountProps): ReactElement {
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const everywhere = async () => setProblem(await onSignOutEverywhere());
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
        <Button disabled={busy} data-testid="everywhere" onClick={() => setAsking(true)}>
          {WORDS.everywhere}
        </Button>
      </div>
      {problem === undefined ? undefined : (
        <ProblemCard problem={problem} remedies={{ again: () => detach(everywhere()) }} />
      )}
      {asking ? (
        <Confirm
          title={WORDS.everywhereTitle}
          words={WORDS.everywhereAsk}
          keep={WORDS.everywhereKeep}
          go={WORDS.everywhere}
          testId="everywhere"
          onEnd={() => setAsking(false)}
          onGo={everywhere}
        />
      ) : undefined}
    </section>
  );
}
