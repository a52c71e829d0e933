/** For tests: a new tenant's settings without a server, and the requests that reached it. A token is its scopes, joined by commas. */
import { Hono } from "hono";

import { emptyTenant, myAccountApi } from "../empty-tenant.ts";
import { settingsRoutes } from "./routes.ts";

export const BARE_DOMAIN = "northgate.eu.auth0.com";

export function bareTenant() {
  const tenant = emptyTenant(`https://${BARE_DOMAIN}/`);
  const odds = { storesUserAsClient: false };
  const requests: string[] = [];
  const app = new Hono().route(
    "/api/v2",
    settingsRoutes({
      tenant,
      odds,
      save: () => undefined,
      checkToken: async (token) => ({
        sub: "setup@clients",
        azp: "setup",
        audiences: [tenant.management],
        scopes: token.split(","),
      }),
    }),
  );
  return {
    tenant,
    odds,
    requests,
    /** Every scope of the Management API. */
    token: tenant.apis.flatMap((api) => api.scopes.map((scope) => scope.value)).join(","),
    writes: () => requests.filter((line) => !line.startsWith("GET ")),
    activateMyAccount: () => void tenant.apis.push(myAccountApi(tenant)),
    fetch: async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const request = new Request(input, init);
      requests.push(`${request.method} ${new URL(request.url).pathname}`);
      return app.fetch(request);
    },
  };
}
