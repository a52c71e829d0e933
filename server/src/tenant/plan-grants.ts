/** Which grants are missing, short of scopes, or for machines where users are meant. Pure. */
import type { Found, Ours } from "./found.ts";
import { changed, created, idOf, type Step } from "./step.ts";
import type { Wanted } from "./wanted.ts";

export function grantSteps(found: Found, ours: Ours, wanted: Wanted): Step[] {
  return wanted.grants.flatMap(({ role, ...grant }) => {
    const what = `grant of ${grant.audience} to ${wanted.clients[role].name}`;
    const clientId = ours[role]?.client_id;
    const mine = found.grants.filter(
      (one) => one.client_id === clientId && one.audience === grant.audience,
    );
    const user = mine.find((one) => one.subject_type === "user");
    // Who the subject is can't be changed; one tenant was seen to store `user` as `client`.
    const wrong = mine
      .filter((one) => one.subject_type !== "user")
      .map((one): Step => ({
        verb: "delete",
        what,
        changes: [{ field: "subject_type", from: one.subject_type, to: "user" }],
        request: { method: "DELETE", path: `client-grants/${encodeURIComponent(one.id)}` },
      }));
    if (user === undefined) {
      const body = { client_id: clientId ?? idOf(role), ...grant };
      const request = { method: "POST", path: "client-grants", body } as const;
      return [...wrong, { verb: "create", what, changes: created(grant), request } as const];
    }
    const { scope, authorization_details_types: types } = grant;
    const fields = {
      scope: union(user.scope, scope),
      ...(types === undefined
        ? {}
        : { authorization_details_types: union(user.authorization_details_types, types) }),
    };
    const path = `client-grants/${encodeURIComponent(user.id)}`;
    return [...wrong, ...changed(what, path, user, fields)];
  });
}

const union = (found: readonly string[], wanted: readonly string[]): string[] => [
  ...new Set([...found, ...wanted]),
];
