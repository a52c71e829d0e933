/**
 * The Management API as far as a set-up writes and a doctor reads: a scope for each route, bodies that hold nothing unknown.
 * Source: auth0.com/docs/api/management/v2.
 */
import { Hono } from "hono";

import type { Pushes } from "../../phone/pushes.ts";
import type { CheckToken } from "../bearer.ts";
import type { Tenant } from "../tenant.ts";
import type { Directory } from "../users.ts";
import type { Vault } from "../vault.ts";
import { fail } from "./answer.ts";
import { apiRoutes } from "./apis.ts";
import { clientRoutes } from "./clients.ts";
import { connectionRoutes } from "./connections.ts";
import { type GrantOdds, grantRoutes } from "./grants.ts";
import { guardianRoutes } from "./guardian.ts";
import { peopleRoutes } from "./people.ts";

export interface SettingsDeps {
  tenant: Tenant;
  checkToken: CheckToken;
  odds: GrantOdds;
  /** After each change. */
  save(): void;
}

/** Without the people: enough for a tenant that nobody signs in to. */
export function settingsRoutes(deps: SettingsDeps) {
  return new Hono()
    .route("/clients", clientRoutes(deps))
    .route("/resource-servers", apiRoutes(deps))
    .route("/client-grants", grantRoutes(deps))
    .route("/connections", connectionRoutes(deps))
    .route("/guardian", guardianRoutes(deps));
}

export function managementRoutes(
  deps: SettingsDeps & { directory: Directory; pushes: Pushes; vault: Vault },
) {
  return (
    settingsRoutes(deps)
      .route("/users", peopleRoutes(deps))
      // auth0-deploy-cli asks for it, warns and goes on.
      .get("/connections-directory-provisionings", (c) =>
        fail(c, 404, "Not Found", "inexistent_route"),
      )
      .all("*", (c) => fail(c, 501, `${c.req.method} ${c.req.path} is not built`, "not_built"))
  );
}
