/** What VaultDesk may do with Google, in plain words: granted or not, and the button that changes it. */
import type { GoogleConnection, ModelView } from "@vaultdesk/shared/api.ts";
import { SCOPES } from "@vaultdesk/shared/scope.ts";
import type { ReactElement } from "react";

import { Page } from "../page.tsx";
import { NotifyChoice } from "./notify-choice.tsx";

export interface PermissionsProps {
  google: GoogleConnection;
  model: ModelView;
  busy: boolean;
  onBack: () => void;
  onConnect: () => void;
  onDisconnect: () => void;
}

export function Permissions(props: PermissionsProps): ReactElement {
  const { google, model, busy, onBack, onConnect, onDisconnect } = props;
  const granted = google.state === "connected" ? google.granted : [];
  const missing = SCOPES.some((fact) => !granted.includes(fact.scope));
  return (
    <Page title="Permissions" testId="permissions" onBack={onBack}>
      <p className="quiet">
        {google.state === "connected"
          ? `What you granted at Google for ${google.email}.`
          : "Google is not connected, so VaultDesk can read and write nothing."}
      </p>
      <ul className="scopes">
        {SCOPES.map((fact) => {
          const has = granted.includes(fact.scope);
          return (
            <li
              key={fact.scope}
              className="card scope"
              data-testid="scope"
              data-scope={fact.scope}
              data-granted={has}
            >
              <header className="card-head">
                <h3 className="grow">{fact.title}</h3>
                <span className="tag" data-tone={has ? "green" : "plain"}>
                  {has ? "granted" : "not granted"}
                </span>
              </header>
              <p>{fact.words}</p>
            </li>
          );
        })}
      </ul>
      <p className="quiet">
        VaultDesk holds no Google password or key. For each step it borrows a short-lived one from
        Auth0 and drops it.
      </p>
      <p className="quiet" data-testid="model" data-provider={model.provider}>
        {model.words}
      </p>
      <NotifyChoice />
      <div className="actions">
        {google.state === "connected" ? (
          <button
            type="button"
            className="button plain"
            disabled={busy}
            data-testid="disconnect"
            onClick={onDisconnect}
          >
            Disconnect Google
          </button>
        ) : undefined}
        <span className="grow" />
        {missing ? (
          <button
            type="button"
            className="button main"
            disabled={busy}
            data-testid="grant"
            onClick={onConnect}
          >
            {google.state === "connected" ? "Grant permission" : "Connect Google"}
          </button>
        ) : undefined}
      </div>
    </Page>
  );
}
