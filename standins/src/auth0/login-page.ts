/** The hosted login page (a click signs in), Auth0's own logout, and profile by access token. */
import type { IncomingMessage, ServerResponse } from "node:http";

import { Hono } from "hono";
import { html } from "hono/html";
import { errors, type Provider } from "oidc-provider";

import { bearerOf, type CheckToken } from "./bearer.ts";
import { errorPage } from "./error-page.ts";
import { page } from "./page.ts";
import { clientOf, connectionOf, GOOGLE, type Tenant } from "./tenant.ts";
import { type Directory, profileOf } from "./users.ts";

export interface NodeBindings {
  Bindings: { incoming: IncomingMessage; outgoing: ServerResponse };
}

export function loginRoutes(deps: {
  provider: Provider;
  tenant: Tenant;
  directory: Directory;
  checkToken: CheckToken;
}): Hono<NodeBindings> {
  const { provider, tenant, directory } = deps;

  /** The interaction of this browser's cookie; another tab's `state` is refused. */
  async function interactionOf(env: NodeBindings["Bindings"], state: string | undefined) {
    try {
      const interaction = await provider.interactionDetails(env.incoming, env.outgoing);
      return interaction.uid === state ? interaction : undefined;
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return undefined;
      throw error;
    }
  }

  function clearCookies(env: NodeBindings["Bindings"]) {
    const context = provider.createContext(env.incoming, env.outgoing);
    const name = provider.cookieName("session");
    const id = context.cookies.get(name, { signed: true });
    return { id, cleared: [name, `${name}.sig`].map((one) => `${one}=; Path=/; Max-Age=0`) };
  }

  return new Hono<NodeBindings>()
    .get("/u/login", async (c) => {
      const interaction = await interactionOf(c.env, c.req.query("state"));
      if (interaction === undefined) {
        return c.html(await errorPage("invalid_request", "This sign-in is over."), 400);
      }
      const google = connectionOf(tenant, GOOGLE);
      const asking = String(interaction.params["client_id"]);
      if (google?.authentication.active !== true || !google.enabled_clients.includes(asking)) {
        return c.html(
          await errorPage("invalid_request", "no connections enabled for the client"),
          400,
        );
      }
      return c.html(
        page(
          "Log in",
          html`<div class="mark" aria-hidden="true">V</div>
            <h1>Welcome</h1>
            <p>Log in to continue to VaultDesk.</p>
            <form method="post" action="/u/login?state=${interaction.uid}">
              ${directory.all.map(
                (user) =>
                  html`<button class="user" name="user" value="${user.sub}" data-user="${user.sub}">
                    <strong>${user.name}</strong><span>${user.email}</span>
                  </button>`,
              )}
            </form>
            <small>A local stand-in of Auth0. No password, no network.</small>`,
        ),
      );
    })

    .post("/u/login", async (c) => {
      const interaction = await interactionOf(c.env, c.req.query("state"));
      const { user } = await c.req.parseBody();
      if (
        interaction === undefined ||
        typeof user !== "string" ||
        directory.find(user) === undefined
      ) {
        return c.html(await errorPage("invalid_request", "This sign-in is over."), 400);
      }
      const { incoming, outgoing } = c.env;
      const result = { login: { accountId: user } };
      return c.redirect(await provider.interactionResult(incoming, outgoing, result), 303);
    })

    .get("/v2/logout", async (c) => {
      const { client_id: clientId, returnTo } = c.req.query();
      const client = clientOf(tenant, clientId);
      if (returnTo !== undefined && client?.allowed_logout_urls.includes(returnTo) !== true) {
        return c.html(
          await errorPage(
            "invalid_request",
            `The "returnTo" querystring parameter "${returnTo}" is not defined as a valid URL in "Allowed Logout URLs".`,
          ),
          400,
        );
      }
      const { id, cleared } = clearCookies(c.env);
      const session = id === undefined ? undefined : await provider.Session.find(id);
      await session?.destroy();
      for (const cookie of cleared) c.header("set-cookie", cookie, { append: true });
      return returnTo === undefined ? c.text("OK") : c.redirect(returnTo, 302);
    })

    .on(["GET", "POST"], "/userinfo", async (c) => {
      const token = bearerOf(c.req.header("authorization"));
      const claim = token === undefined ? undefined : await deps.checkToken(token);
      const user = claim === undefined ? undefined : directory.find(claim.sub);
      if (user === undefined || claim?.audiences.includes(`${tenant.issuer}userinfo`) !== true) {
        return c.text("Unauthorized", 401);
      }
      const profile = profileOf(user);
      const { sub, email, email_verified, ...names } = profile;
      return c.json({
        sub,
        ...(claim.scopes.includes("profile") ? names : {}),
        ...(claim.scopes.includes("email") ? { email, email_verified } : {}),
      });
    });
}
