/** What VaultDesk may do with Google, in plain words: granted or not, which tools use it, when last; and the buttons that change it. */
import { type GoogleConnection, type ModelView, routes } from "@vaultdesk/shared/api.ts";
import { SCOPES } from "@vaultdesk/shared/scope.ts";
import { type ReactElement, useCallback, useState } from "react";

import type { Call } from "../../api/call.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Page } from "../page.tsx";
import { useRead } from "../use-read.ts";
import { aboutOf, lastUseOf, restOf, usesOf, WORDS } from "./words.ts";

export interface PermissionsProps {
  call: Call;
  google: GoogleConnection;
  model: ModelView;
  busy: boolean;
  /** One sentence about the last window that did not end well. */
  notice: string | undefined;
  onBack: () => void;
  onConnect: (scopes?: readonly string[]) => void;
  onDisconnect: () => Promise<void>;
}

export function Permissions(props: PermissionsProps): ReactElement {
  const { call, google, model, busy, notice, onBack, onConnect, onDisconnect } = props;
  const [sure, setSure] = useState(false);
  const connected = google.state === "connected";
  const granted = connected ? google.granted : [];
  const rest = restOf(google);
  const uses = useRead(useCallback(() => call(routes.toolUses), [call]));
  return (
    <Page title={WORDS.title} testId="permissions" onBack={onBack}>
      <p className="quiet">{aboutOf(google)}</p>
      {notice === undefined ? undefined : (
        <output className="notice" data-testid="notice">
          {notice}
        </output>
      )}
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
                  {has ? WORDS.granted : WORDS.notGranted}
                </span>
              </header>
              <p>{fact.words}</p>
              <p className="quiet">{usesOf(fact)}.</p>
              {uses.value === undefined ? undefined : (
                <p className="quiet" data-testid="last-use">
                  {lastUseOf(fact, uses.value.uses)}
                </p>
              )}
              {connected && !has ? (
                <div className="row">
                  <Button
                    disabled={busy}
                    data-testid="grant-one"
                    aria-label={`${WORDS.grant}: ${fact.title}`}
                    onClick={() => onConnect([fact.scope])}
                  >
                    {WORDS.grant}
                  </Button>
                </div>
              ) : undefined}
            </li>
          );
        })}
      </ul>
      {rest.length > 0 ? <p className="quiet">{WORDS.later}</p> : undefined}
      <p className="quiet">{WORDS.keys}</p>
      <p className="quiet" data-testid="model" data-provider={model.provider}>
        {model.words}
      </p>
      <div className="actions">
        {connected ? (
          <Button
            look="plain"
            disabled={busy}
            data-testid="disconnect"
            onClick={() => setSure(true)}
          >
            {WORDS.disconnect}
          </Button>
        ) : undefined}
        <span className="grow" />
        {rest.length === 0 ? undefined : (
          <Button
            look="main"
            disabled={busy}
            data-testid="grant"
            onClick={() => (connected ? onConnect(rest) : onConnect())}
          >
            {connected
              ? WORDS.grantRest
              : google.state === "reconnect"
                ? WORDS.reconnect
                : WORDS.connect}
          </Button>
        )}
      </div>
      {sure ? (
        <Confirm
          title={WORDS.sure}
          words={WORDS.gone}
          keep={WORDS.keep}
          go={WORDS.go}
          testId="disconnect"
          onEnd={() => setSure(false)}
          onGo={onDisconnect}
        />
      ) : undefined}
    </Page>
  );
}
