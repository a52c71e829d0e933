/** What stands in the panel until it can work: one sentence about why, one button that helps. */
import type { ReactElement } from "react";

export interface GateProps {
  state: string;
  title: string;
  words: string;
  button?: { label: string; testId: string; act: () => void; busy: boolean };
  also?: { label: string; testId: string; act: () => void };
  notice: string | undefined;
}

export function GateCard({ state, title, words, button, also, notice }: GateProps): ReactElement {
  return (
    <main className="gate" data-testid="gate" data-state={state}>
      <h2 className="title">{title}</h2>
      <p>{words}</p>
      {button === undefined ? undefined : (
        <button
          type="button"
          className="button main"
          data-testid={button.testId}
          disabled={button.busy}
          onClick={button.act}
        >
          {button.busy ? "Go on in the window that opened" : button.label}
        </button>
      )}
      {also === undefined ? undefined : (
        <button type="button" className="link" data-testid={also.testId} onClick={also.act}>
          {also.label}
        </button>
      )}
      {notice === undefined ? undefined : (
        <output className="notice" data-testid="notice">
          {notice}
        </output>
      )}
    </main>
  );
}
