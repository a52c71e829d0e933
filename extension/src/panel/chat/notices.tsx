/** Two things said plainly above the question box: a permission that is missing, and a tab that shows another mailbox. */
import { SCOPES } from "@vaultdesk/shared/scope.ts";
import type { ReactElement } from "react";

export interface MissingScopesProps {
  missing: readonly string[];
  busy: boolean;
  notice: string | undefined;
  onGrant: () => void;
}

export function MissingScopes({
  missing,
  busy,
  notice,
  onGrant,
}: MissingScopesProps): ReactElement {
  const names = SCOPES.filter((fact) => missing.includes(fact.scope)).map((fact) => fact.title);
  return (
    <section className="strip" aria-label="Missing permission" data-testid="missing-scopes">
      <p>
        Not granted: {names.length === 0 ? missing.join(", ") : names.join("; ")}. The rest works.
      </p>
      {notice === undefined ? undefined : <p className="quiet">{notice}</p>}
      <button
        type="button"
        className="button"
        data-testid="grant-missing"
        disabled={busy}
        onClick={onGrant}
      >
        {busy ? "Go on in the window that opened" : "Grant permission"}
      </button>
    </section>
  );
}

export interface OtherMailboxProps {
  shown: string;
  connected: string;
}

export function OtherMailbox({ shown, connected }: OtherMailboxProps): ReactElement {
  return (
    <section
      className="strip"
      aria-label="Another mailbox"
      aria-live="polite"
      data-testid="other-mailbox"
    >
      <p>
        This tab shows {shown}, but VaultDesk is connected to {connected}. Questions and sending are
        off here, so that nothing goes out from the wrong mailbox. Open the tab of {connected}.
      </p>
    </section>
  );
}
