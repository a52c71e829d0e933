/** Under a refusal by the table of tiers: somebody who may let it pass, by name, and why. Nothing is sent before their phone said yes too. */
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { Reason } from "@vaultdesk/shared/tier.ts";
import { type ReactElement, useState } from "react";

import { detach } from "../../detach.ts";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { SureButton } from "../../ui/sure-button.tsx";
import { OVERRIDE_WORDS } from "./words.ts";

export interface OverrideProps {
  problem: Problem;
  busy: boolean;
  onAsk: (override: { by: string; why: string }) => Promise<unknown>;
}

export function Override({ problem, busy, onAsk }: OverrideProps): ReactElement | undefined {
  const { overriders = [] } = problem;
  const [by, setBy] = useState(overriders[0] ?? "");
  const [why, setWhy] = useState("");
  const [tried, setTried] = useState(false);
  if (problem.code !== "tier_break") return undefined;
  if (overriders.length === 0) return <p className="quiet">{OVERRIDE_WORDS.nobody}</p>;
  const reason = Reason.safeParse(why);
  const ask = () => {
    setTried(true);
    if (reason.success) detach(onAsk({ by, why: reason.data }));
  };
  return (
    <section className="stack tight" aria-label={OVERRIDE_WORDS.title} data-testid="override">
      <h3>{OVERRIDE_WORDS.title}</h3>
      <p className="quiet">{OVERRIDE_WORDS.about}</p>
      <Select
        label={OVERRIDE_WORDS.by}
        options={overriders.map((value) => ({ value, label: value }))}
        chosen={by}
        testId="override-by"
        onChoose={setBy}
      />
      <Field
        label={OVERRIDE_WORDS.why}
        hint={OVERRIDE_WORDS.whyHint}
        error={tried && !reason.success ? OVERRIDE_WORDS.badReason : undefined}
        maxLength={160}
        value={why}
        testId="override-why"
        onChange={setWhy}
      />
      <div className="actions">
        <SureButton look="plain" data-testid="override-ask" disabled={busy} onPress={ask}>
          {OVERRIDE_WORDS.ask}
        </SureButton>
      </div>
    </section>
  );
}
