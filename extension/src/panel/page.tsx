/** A page that stands in the conversation's place: its title, the way back, and what it holds. */
import type { ReactElement, ReactNode } from "react";

import { Icon } from "../ui/icon.tsx";

export interface PageProps {
  title: string;
  testId: string;
  onBack: () => void;
  children: ReactNode;
}

export function Page({ title, testId, onBack, children }: PageProps): ReactElement {
  const id = `${testId}-title`;
  return (
    <main className="page" aria-labelledby={id} data-testid={testId}>
      <div className="row">
        <button
          type="button"
          className="icon-button"
          aria-label="Back"
          title="Back"
          data-testid="back"
          onClick={onBack}
        >
          <Icon name="back" />
        </button>
        <h2 id={id} className="title">
          {title}
        </h2>
      </div>
      {children}
    </main>
  );
}
