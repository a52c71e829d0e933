/** One tool step: a quiet line that opens on click. */
import type { ReactElement } from "react";

import { Icon } from "../../ui/icon.tsx";
import type { StepItem } from "../item.ts";

export function Step({ step }: { step: StepItem }): ReactElement {
  const line = step.state === "running" || step.summary === "" ? step.title : step.summary;
  return (
    <details className="step" data-testid="step" data-state={step.state} data-tool={step.tool}>
      <summary>
        <span className="step-mark" aria-hidden="true">
          <Icon name="step" size={12} />
        </span>
        <span className="grow">{line}</span>
        <span className="hidden-text">
          {step.state === "running" ? "in progress" : step.state === "ok" ? "done" : "did not work"}
        </span>
      </summary>
      <ul>
        {line === step.title ? undefined : <li>{step.title}</li>}
        {step.details.map((detail, index) => (
          <li key={`${index} ${detail}`}>{detail}</li>
        ))}
        {step.details.length === 0 && line === step.title ? (
          <li>Nothing more to show.</li>
        ) : undefined}
      </ul>
    </details>
  );
}
