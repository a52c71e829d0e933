/** Asking and stopping. */
import { routes } from "@vaultdesk/shared/api.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { Hono } from "hono";

import type { Principal } from "../auth0/principal.ts";
import { type AppEnv, bodyOf, notFound, param, refuse, reply, restarting } from "../http.ts";
import type { Caller, Runs } from "./runs.ts";

export function runRoutes(deps: {
  runs: Runs;
  callerOf(principal: Principal): Caller;
  leaving: AbortSignal;
}) {
  return new Hono<AppEnv>()
    .post(routes.startRun.path, async (c) => {
      const input = await bodyOf(c, routes.startRun);
      if (input === undefined) return refuse(c, problem("bad_request"));
      if (deps.leaving.aborted) return refuse(c, restarting());
      const started = await deps.runs.start(deps.callerOf(c.var.principal), input);
      return started === undefined ? notFound(c) : reply(c, routes.startRun, started);
    })
    .post(routes.cancelRun.path, async (c) =>
      reply(c, routes.cancelRun, {
        cancelled: await deps.runs.cancel(c.var.principal.sub, param(c, "id")),
      }),
    );
}
