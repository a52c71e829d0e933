/** Always there: the product, whose mailbox, what it may do. */
import type { SessionView } from "@vaultdesk/shared/api.ts";
import { SCOPES } from "@vaultdesk/shared/scope.ts";
import type { ReactElement } from "react";

import { IconButton } from "../../ui/button.tsx";
import { later } from "../../ui/later.tsx";
import { Mark } from "../../ui/mark.tsx";
import type { MenuEntry } from "../../ui/menu.tsx";

export interface HeaderProps {
  session: SessionView | undefined;
  /** The mailbox that the tab shows, where it is known. */
  account: string | undefined;
  menu: readonly MenuEntry[];
  onNew: (() => void) | undefined;
  onPermissions: () => void;
  /** Leaves a tab at the edge; what is typed stays. */
  onCollapse: (() => void) | undefined;
  onClose: (() => void) | undefined;
}

const Menu = later(
  async () => (await import("../../ui/menu.tsx")).Menu,
  <IconButton icon="more" label="More" disabled />,
);

const STATES = {
  connected: "connected",
  not_connected: "not connected",
  reconnect: "reconnect needed",
  unreachable: "Auth0 not reachable",
} as const;

function Connection({
  session,
  onPermissions,
}: {
  session: SessionView;
  onPermissions: () => void;
}) {
  const { google } = session;
  const ours =
    google.state === "connected"
      ? SCOPES.filter((fact) => google.granted.includes(fact.scope)).length
      : 0;
  const label =
    ours === SCOPES.length ? `${ours} permissions` : `${ours} of ${SCOPES.length} permissions`;
  return (
    <div className="head-line">
      <span className="cut grow" data-testid="mailbox">
        {google.state === "connected" ? google.email : "No mailbox"}
      </span>
      <span className="connection" data-state={google.state} data-testid="connection">
        {STATES[google.state]}
      </span>
      <button type="button" className="chip small" data-testid="scopes" onClick={onPermissions}>
        {label}
      </button>
    </div>
  );
}

export function Header(props: HeaderProps): ReactElement {
  const { session, account, menu, onNew, onPermissions, onCollapse, onClose } = props;
  return (
    <header className="head">
      <div className="head-line">
        <h1 className="grow">
          <Mark />
          VaultDesk
        </h1>
        {onNew === undefined ? undefined : (
          <IconButton
            icon="plus"
            label="New conversation"
            data-testid="new-conversation"
            onClick={onNew}
          />
        )}
        {menu.length === 0 ? undefined : <Menu label="More" testId="menu" entries={menu} />}
        {onCollapse === undefined ? undefined : (
          <IconButton
            icon="aside"
            label="Collapse VaultDesk"
            data-testid="collapse"
            onClick={onCollapse}
          />
        )}
        {onClose === undefined ? undefined : (
          <IconButton icon="close" label="Close VaultDesk" data-testid="close" onClick={onClose} />
        )}
      </div>
      {session === undefined ? (
        <p className="quiet cut">{account ?? "Not signed in"}</p>
      ) : (
        <Connection session={session} onPermissions={onPermissions} />
      )}
    </header>
  );
}
