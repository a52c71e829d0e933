/** The HTTP application: one check of the caller before every route, one place where errors end. */
import { SIGNED_IN_HEADER } from "@vaultdesk/shared/api.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";

import { runRoutes } from "./agent/routes.ts";
import { activityRoutes } from "./approvals/activity.ts";
import { approvalRoutes } from "./approvals/routes.ts";
import { trailRoutes } from "./audit/trail.ts";
import { calendarRoutes } from "./calendar/routes.ts";
import { composeRoutes } from "./compose/routes.ts";
import { conversationRoutes } from "./conversations/routes.ts";
import type { Deps } from "./deps.ts";
import { fromExtension, proven } from "./edge/gate.ts";
import { lastAnswers } from "./edge/health.ts";
import { type AppEnv, notFound, refuse } from "./http.ts";
import { factsOf } from "./observe/log.ts";
import { countRequests, traceRequests } from "./observe/request.ts";
import { organisationRoutes } from "./organisation/routes.ts";
import { documentRoutes } from "./rooms/document-routes.ts";
import { roomLogRoutes } from "./rooms/log.ts";
import { roomRoutes } from "./rooms/routes.ts";
import { trackerRoutes } from "./rooms/tracker-routes.ts";
import { sessionRoutes } from "./session-routes.ts";
import { settingsRoutes } from "./settings/routes.ts";
import { isUnreachable } from "./store/error.ts";

const BODY_BYTES = 1_000_000;

/** Nothing that is answered here is a page: it runs nothing, is framed by nobody, and asks the browser for nothing. */
const HEADERS = {
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  xFrameOptions: "DENY",
  permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
};

function tooLarge(c: Context): Response {
  return refuse(c, problem("too_large"));
}

/** To look for the body that a GET never has would make a whole request of it, which an open stream keeps. */
function ofBodies(limited: MiddlewareHandler): MiddlewareHandler<AppEnv> {
  return async (c, next) => (c.req.method === "GET" ? next() : limited(c, next));
}

export function createApp(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(countRequests());
  app.use(
    cors({
      origin: [deps.config.extensionOrigin],
      allowMethods: ["GET", "POST", "PUT", "DELETE"],
      allowHeaders: [
        "authorization",
        "content-type",
        "last-event-id",
        "traceparent",
        SIGNED_IN_HEADER,
      ],
      exposeHeaders: ["retry-after"],
      maxAge: 600,
    }),
  );
  app.use(secureHeaders(HEADERS));
  app.use(lastAnswers(deps.leaving));
  app.get("/healthz", (c) => c.json({ ok: true }));
  app.get("/readyz", async (c) => {
    const ok = await deps.ready();
    return c.json({ ok }, ok ? 200 : 503);
  });
  app.use("/api/*", async (c, next) => {
    c.header("Cache-Control", "no-store");
    await next();
  });
  app.use("/api/*", fromExtension(deps.config.extensionOrigin));
  app.use("/api/*", proven(deps));
  app.use("/api/*", traceRequests());
  app.use("/api/*", ofBodies(bodyLimit({ maxSize: BODY_BYTES, onError: tooLarge })));
  app.route("/", sessionRoutes(deps.session));
  app.route("/", settingsRoutes(deps.settings));
  app.route("/", activityRoutes(deps.activity));
  app.route("/", trailRoutes(deps.trail));
  app.route("/", calendarRoutes(deps.calendar));
  app.route("/", composeRoutes(deps.compose));
  app.route("/", organisationRoutes(deps.organisation));
  app.route("/", roomRoutes(deps.room));
  app.route("/", roomLogRoutes(deps.roomLog));
  app.route("/", trackerRoutes(deps.tracker));
  app.route("/", documentRoutes(deps.room));
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
