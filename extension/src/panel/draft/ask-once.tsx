/** Several drafts that nobody was asked about: one request to the phone for all of them. Each keeps a button of its own. */
import { BUNDLE_LIMIT } from "@vaultdesk/shared/action.ts";
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { type ReactElement, useState } from "react";

import { detach } from "../../detach.ts";
import { ProblemCard } from "../chat/problem-card.tsx";
import type { Remedies } from "../chat/remedy.ts";

export interface AskOnceProps {
  drafts: readonly DraftView[];
  remedies: Remedies;
  /** Gives the problem back when it did not work. */
  onAsk: (drafts: readonly DraftView[]) => Promise<Problem | undefined>;
}

export function AskOnce({ drafts, remedies, onAsk }: AskOnceProps): ReactElement | undefined {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  if (drafts.length < 2) return undefined;
  if (drafts.length > BUNDLE_LIMIT) {
    return (
      <p className="quiet" data-testid="ask-once-limit">
        {drafts.length} drafts are not sent. One request to your phone shows at most {BUNDLE_LIMIT};
        ask for each.
      </p>
    );
  }
  const ask = async () => {
    setBusy(true);
    setProblem(await onAsk(drafts));
    setBusy(false);
  };
  return (
    <div className="ask-once">
      {problem === undefined ? undefined : (
        <ProblemCard problem={problem} remedies={{ ...remedies, again: undefined }} />
      )}
      <button
        type="button"
        className="button"
        data-testid="ask-once"
        disabled={busy}
        onClick={() => detach(ask())}
      >
        Ask once for these {drafts.length} mails
      </button>
    </div>
  );
}
