/**
 * What has to be done to a tenant so that VaultDesk can live in it: the differences as requests, in an order in which Auth0 takes them.
 * Pure. Of what belongs to others nothing is changed; of what is shared (the API's lists, the connection, the factors) only what is missing.
 */
import { holds, withMissing } from "./difference.ts";
import { apiIn, type Found, isMarked, myAccountIn, type Ours, oursIn } from "./found.ts";
import { type Installation, type Role, ROLES } from "./installation.ts";
import { connectionSteps } from "./plan-connection.ts";
import { grantSteps } from "./plan-grants.ts";
import { changed, created, fieldsOf, type Step } from "./step.ts";
import { type Fields, type Wanted, wantedTenant } from "./wanted.ts";

export function planOf(found: Found, installation: Installation): Step[] {
  const api = apiIn(found, installation);
  const activated = myAccountIn(found, installation) !== undefined;
  const strict = api?.subject_type_authorization?.user?.policy === "require_client_grant";
  const wanted = wantedTenant(installation, { activated, strict });
  const ours = oursIn(found, installation);
  return [
    ...apiSteps(api, wanted),
    ...ROLES.flatMap((role) => {
      const mine = ours[role];
      const marked = mine !== undefined && isMarked(mine, installation, role);
      return clientSteps(mine, wanted.clients[role], role, marked);
    }),
    ...connectionSteps(found, ours, wanted),
    ...guardianSteps(found, wanted),
    ...myAccountSteps(found, installation, wanted),
    ...grantSteps(found, ours, wanted),
  ];
}

function apiSteps(api: Fields | undefined, wanted: Wanted): Step[] {
  const what = `API ${wanted.api.identifier}`;
  if (api === undefined) {
    const request = { method: "POST", path: "resource-servers", body: wanted.api } as const;
    return [{ verb: "create", what, changes: created(wanted.api), request }];
  }
  const { identifier, name: _, ...fields } = wanted.api;
  const path = `resource-servers/${encodeURIComponent(identifier)}`;
  return changed(what, path, api, {
    ...fields,
    ...more(api, fields, "scopes", "value"),
    ...more(api, fields, "authorization_details", "type"),
  });
}

/** Others may have added to the list: it keeps what it has. */
function more(found: Fields, wanted: Fields, field: string, key: string): Fields {
  return { [field]: withMissing(rowsOf(found[field]), rowsOf(wanted[field]), key) };
}

const rowsOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);

function clientSteps(
  found: Ours[Role],
  wanted: Wanted["clients"][Role],
  role: Role,
  marked: boolean,
): Step[] {
  const what = `application ${wanted.name}`;
  const create: Step = {
    verb: "create",
    what,
    changes: created(wanted),
    request: { method: "POST", path: "clients", body: wanted },
    makes: role,
  };
  if (found === undefined) return [create];
  const path = `clients/${encodeURIComponent(found.client_id)}`;
  const { name: _, resource_server_identifier: linked, ...fields } = wanted;
  // The link to an API can't be changed: another application takes its place.
  if (!holds(found.resource_server_identifier, linked)) {
    const changes = [
      { field: "resource_server_identifier", from: found.resource_server_identifier, to: linked },
    ];
    const remove = { verb: "delete", what, changes, request: { method: "DELETE", path } } as const;
    return marked ? [remove, create] : [create];
  }
  const marks = { ...found.client_metadata, ...fieldsOf(fields["client_metadata"]) };
  return changed(what, path, found, { ...fields, client_metadata: marks });
}

function guardianSteps(found: Found, wanted: Wanted): Step[] {
  const { factor, provider } = wanted;
  const path = `guardian/factors/${factor}`;
  const on: Step = {
    verb: "change",
    what: `MFA factor ${factor}`,
    changes: [{ field: "enabled", from: false, to: true }],
    request: { method: "PUT", path, body: { enabled: true } },
  };
  const by: Step = {
    verb: "change",
    what: `MFA factor ${factor}`,
    changes: [{ field: "provider", from: found.pushProvider, to: provider }],
    request: { method: "PUT", path: `${path}/selected-provider`, body: { provider } },
  };
  return [
    ...(found.factors.includes(factor) ? [] : [on]),
    ...(found.pushProvider === provider ? [] : [by]),
  ];
}

function myAccountSteps(found: Found, installation: Installation, wanted: Wanted): Step[] {
  const api = myAccountIn(found, installation);
  if (api === undefined) return [];
  const { identifier, ...fields } = wanted.myAccount;
  const path = `resource-servers/${encodeURIComponent(api.id)}`;
  return changed(`API ${identifier}`, path, api, fields);
}
