/** The HTTP application: one check of the caller before every route, one place where errors end. */
import { problem } from "@vaultdesk/shared/problem.ts";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";

import { runRoutes } from "./agent/routes.ts";
import { approvalRoutes } from "./approvals/routes.ts";
import { principalOf } from "./auth0/principal.ts";
import { composeRoutes } from "./compose/routes.ts";
import { conversationRoutes } from "./conversations/routes.ts";
import type { Deps } from "./deps.ts";
import { type AppEnv, notFound, refuse } from "./http.ts";
import { factsOf } from "./observe/log.ts";
import { sessionRoutes } from "./session-routes.ts";
import { settingsRoutes } from "./settings/routes.ts";
import { isUnreachable } from "./store/error.ts";

const BODY_BYTES = 1_000_000;

export function createApp(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(
    cors({
      origin: [deps.config.extensionOrigin],
      allowMethods: ["GET", "POST", "PUT", "DELETE"],
      allowHeaders: ["authorization", "content-type", "last-event-id"],
      exposeHeaders: ["retry-after"],
      maxAge: 600,
    }),
  );
  app.use(secureHeaders());
  app.get("/health", (c) => c.json({ ok: true }));
  app.use(
    "/api/*",
    bodyLimit({ maxSize: BODY_BYTES, onError: (c) => refuse(c, problem("too_large")) }),
  );
  app.use("/api/*", async (c: Context<AppEnv>, next) => {
    const found = await principalOf(c.req.header("authorization"), deps.config, deps.keys);
    if (found.ok) {
      c.set("principal", found.principal);
      deps.panels.seen(found.principal);
      c.header("Cache-Control", "no-store");
      await next();
      return;
    }
    switch (found.reason) {
      case "no_token":
      case "bad_token":
        return refuse(c, problem("signed_out"));
      case "wrong_client":
      case "no_scope":
        return refuse(c, problem("forbidden"));
      case "keys_unreachable":
        return refuse(c, problem("vault_down"));
    }
  });
  app.route("/", sessionRoutes(deps.session));
  app.route("/", settingsRoutes(deps.settings));
  app.route("/", composeRoutes(deps.compose));
  app.route("/", runRoutes(deps.agent));
  app.route("/", conversationRoutes(deps.conversation));
  app.route("/", approvalRoutes(deps.approval));
  app.notFound(notFound);
  app.onError((error, c) => {
    deps.log.error("http: a request failed", { method: c.req.method, ...factsOf(error) });
    return refuse(c, problem(isUnreachable(error) ? "store_down" : "internal"));
  });
  return app;
}
