/** What the Google connection lacks. It is shared with the tenant's other applications: what is there stays. Pure. */
import { type Change, changesOf } from "./difference.ts";
import type { Found, Ours } from "./found.ts";
import { GOOGLE } from "./installation.ts";
import { created, fieldsOf, idOf, type Step } from "./step.ts";
import type { Fields, Wanted } from "./wanted.ts";

export function connectionSteps(found: Found, ours: Ours, wanted: Wanted): Step[] {
  const what = `connection ${GOOGLE}`;
  const { connection } = found;
  const users = wanted.enabled.filter(
    (role) => !found.enabled.includes(ours[role]?.client_id ?? ""),
  );
  if (connection === undefined) {
    // Without keys of one's own it would run on Auth0's, which Token Vault can't use: a person has to bring them first.
    if (wanted.connection.options["client_id"] === undefined) return [];
    const request = { method: "POST", path: "connections", body: wanted.connection } as const;
    // Auth0 lets applications use it only once it is there: the next round's requests, told of now.
    const uses = users.map((role) => ({
      field: `enabled for ${wanted.clients[role].name}`,
      from: false,
      to: true,
    }));
    return [{ verb: "create", what, changes: [...created(wanted.connection), ...uses], request }];
  }
  const path = `connections/${encodeURIComponent(connection.id)}`;
  const { authentication, connected_accounts, options } = wanted.connection;
  const purposes = changesOf(connection, { authentication, connected_accounts });
  const { changes, body } = optionChanges(connection.options, options);
  const all = [...purposes, ...changes];
  const request = {
    method: "PATCH",
    path,
    body: { ...Object.fromEntries(purposes.map(({ field, to }) => [field, to])), ...body },
  } as const;
  return [
    ...(all.length === 0 ? [] : [{ verb: "change", what, changes: all, request } as const]),
    ...users.map((role): Step => ({
      verb: "change",
      what: `${what} for ${wanted.clients[role].name}`,
      changes: [{ field: "enabled", from: false, to: true }],
      request: {
        method: "PATCH",
        path: `${path}/clients`,
        body: [{ client_id: ours[role]?.client_id ?? idOf(role), status: true }],
      },
    })),
  ];
}

/** Auth0 replaces all options at once, so those that are there are sent along. */
function optionChanges(found: Fields, wanted: Fields): { changes: Change[]; body: Fields } {
  const { approval_prompt: prompt, ...upstream } = fieldsOf(found["upstream_params"]);
  // Google answers Connect with "Conflict params: approval_prompt and prompt".
  const conflict = prompt === undefined ? {} : { upstream_params: upstream };
  const changes = [
    ...changesOf(found, secretIsKept(found, wanted)),
    ...(prompt === undefined
      ? []
      : [{ field: "upstream_params.approval_prompt", from: prompt, to: undefined }]),
  ].map((change) => ({ ...change, field: `options.${change.field}` }));
  const options = { ...found, ...wanted, ...conflict };
  return { changes, body: changes.length === 0 ? {} : { options } };
}

/** A tenant that does not show the secret can't be compared: the same client id stands for the same secret. */
function secretIsKept(found: Fields, wanted: Fields): Fields {
  const { client_secret: secret, ...rest } = wanted;
  const hidden = found["client_secret"] === undefined && found["client_id"] === wanted["client_id"];
  return secret === undefined || hidden ? rest : wanted;
}
