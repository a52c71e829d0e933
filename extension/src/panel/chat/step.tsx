/** One tool step: a quiet line that opens on click. */
import type { RoomId } from "@vaultdesk/shared/id.ts";
import type { ReactElement } from "react";

import { Icon } from "../../ui/icon.tsx";
import type { StepItem } from "../item.ts";
import { WORDS } from "./words.ts";

export interface StepProps {
  step: StepItem;
  /** Where there is a way to what it proposed: the last one of a question has it. */
  board: RoomId | undefined;
  /** Opens the tracker of a deal room. */
  onBoard: (room: RoomId) => void;
}

export function Step({ step, board, onBoard }: StepProps): ReactElement {
  const line = step.state === "running" || step.summary === "" ? step.title : step.summary;
  const details = (
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
  if (board === undefined) return details;
  return (
    <>
      {details}
      <div className="row">
        <button
          type="button"
          className="chip small proposed"
          data-testid="step-board"
          onClick={() => onBoard(board)}
        >
          {WORDS.toBoard}
        </button>
      </div>
    </>
  );
}
