/** Below the last of several drafts: one request to the phone for all of them, in the order of their cards. */
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { type ReactElement, useState } from "react";

import { detach } from "../../detach.ts";
import { SureButton } from "../../ui/sure-button.tsx";
import { ProblemCard } from "../chat/problem-card.tsx";
import type { Remedies } from "../chat/remedy.ts";
import { offerOf } from "./words.ts";

export interface AskOnceProps {
  drafts: readonly DraftView[];
  /** The tab shows another mailbox, or one of the drafts is being changed. */
  disabled: boolean;
  remedies: Remedies;
  onAsk: (drafts: readonly DraftView[]) => Promise<Problem | undefined>;
}

export function AskOnce({
  drafts,
  disabled,
  remedies,
  onAsk,
}: AskOnceProps): ReactElement | undefined {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const offer = offerOf(drafts);
  if (offer === undefined) return undefined;

  const ask = async () => {
    setBusy(true);
    setProblem(await onAsk(drafts));
    setBusy(false);
  };

  return (
    <section className="ask-once" aria-label="One request for all drafts" data-testid="ask-once">
      {offer.button === undefined ? undefined : (
        <SureButton
          look="plain"
          data-testid="ask-once-button"
          disabled={busy || disabled}
          onPress={() => detach(ask())}
        >
          {offer.button}
        </SureButton>
      )}
      <p className="quiet">{offer.words}</p>
      {problem === undefined ? undefined : (
        <ProblemCard problem={problem} remedies={{ ...remedies, again: undefined }} />
      )}
    </section>
  );
}
