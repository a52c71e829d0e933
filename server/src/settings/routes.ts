/** The caller's own settings: read, and changed key by key. */
import { routes } from "@vaultdesk/shared/api.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { Hono } from "hono";

import { type AppEnv, bodyOf, refuse, reply } from "../http.ts";
import type { SettingsRecord } from "./record.ts";

export function settingsRoutes(settings: SettingsRecord) {
  return new Hono<AppEnv>()
    .get(routes.settings.path, async (c) =>
      reply(c, routes.settings, await settings.of(c.var.principal.sub)),
    )
    .put(routes.changeSettings.path, async (c) => {
      const change = await bodyOf(c, routes.changeSettings);
      if (change === undefined) return refuse(c, problem("bad_request"));
      const { sub } = c.var.principal;
      return reply(c, routes.changeSettings, await settings.change(sub, change));
    });
}
