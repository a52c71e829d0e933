/** A user, their phone, and the accounts they connected. */
import { type Context, Hono } from "hono";

import type { Pushes } from "../../phone/pushes.ts";
import type { CheckToken } from "../bearer.ts";
import type { Tenant } from "../tenant.ts";
import { type Auth0User, type Directory, profileOf } from "../users.ts";
import type { Vault } from "../vault.ts";
import { fail, needs } from "./answer.ts";

function userView(user: Auth0User) {
  const { sub, ...profile } = profileOf(user);
  const [provider = "auth0", id = ""] = sub.split("|");
  return {
    ...profile,
    user_id: sub,
    created_at: "2026-10-01T00:00:00.000Z",
    identities: [
      { connection: provider, provider, user_id: id, isSocial: provider === "google-oauth2" },
    ],
  };
}

export function peopleRoutes(deps: {
  tenant: Tenant;
  directory: Directory;
  pushes: Pushes;
  vault: Vault;
  checkToken: CheckToken;
}) {
  const { pushes, vault } = deps;
  const ofUser = (c: Context, answer: (user: Auth0User) => Response): Response => {
    const user = deps.directory.find(c.req.param("id") ?? "");
    return user === undefined
      ? fail(c, 404, "The user does not exist.", "inexistent_user")
      : answer(user);
  };
  return new Hono()
    .use("*", needs(deps, "read:users"))
    .get("/:id", (c) => ofUser(c, (user) => c.json(userView(user))))
    .get("/:id/enrollments", (c) =>
      ofUser(c, ({ sub }) => {
        const status = pushes.enrolment(sub);
        if (status === "none") return c.json([]);
        const id = `dev_${sub.replace(/\W/g, "")}`;
        return c.json([{ id, status, auth_method: "guardian", type: "pn", name: "Phone" }]);
      }),
    )
    .get("/:id/connected-accounts", (c) =>
      ofUser(c, ({ sub }) =>
        c.json({
          connected_accounts: vault.of(sub).map((account) => ({
            id: account.id,
            connection: account.connection,
            connection_id: "con_google",
            strategy: account.connection,
            access_type: "offline",
            scopes: account.scopes,
            created_at: new Date(account.createdAt).toISOString(),
          })),
        }),
      ),
    );
}
