/** The calendar's page and the day round a proposed event. Reads only, each on a token that is borrowed for it. */
import { routes } from "@vaultdesk/shared/api.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { Hono } from "hono";
import { z } from "zod";

import type { Diary } from "../actions/diary.ts";
import type { Principal } from "../auth0/principal.ts";
import { type AppEnv, refuse, reply } from "../http.ts";
import { isZone } from "../time/zone.ts";
import { askedFor, calendarView, dayOf, viewOfEvent } from "./view.ts";

const Minutes = z.coerce.number().int().min(15).max(480).default(30);
/** Years that every zone has, with a day before and after. */
const At = z.iso
  .datetime()
  .transform((at) => new Date(at))
  .refine((at) => at.getUTCFullYear() >= 1970 && at.getUTCFullYear() < 9999);
const Zone = z.string().max(64).refine(isZone).default("UTC");

export function calendarRoutes(deps: { diaryOf(principal: Principal): Diary; now(): Date }) {
  return new Hono<AppEnv>()
    .get(routes.calendar.path, async (c) => {
      const minutes = Minutes.safeParse(c.req.query("minutes"));
      if (!minutes.success) return refuse(c, problem("bad_request"));
      const now = deps.now();
      const found = await deps.diaryOf(c.var.principal).events(askedFor(now), c.req.raw.signal);
      return found.ok
        ? reply(c, routes.calendar, calendarView(found.value, now, minutes.data))
        : refuse(c, found.problem);
    })
    .get(routes.calendarDay.path, async (c) => {
      const at = At.optional().safeParse(c.req.query("at"));
      const zone = Zone.safeParse(c.req.query("zone"));
      if (!at.success || !zone.success) return refuse(c, problem("bad_request"));
      const day = dayOf(at.data ?? deps.now(), zone.data);
      const found = await deps
        .diaryOf(c.var.principal)
        .events({ from: day.start, to: day.end, max: 100 }, c.req.raw.signal);
      return found.ok
        ? reply(c, routes.calendarDay, { day, events: found.value.events.map(viewOfEvent) })
        : refuse(c, found.problem);
    });
}
