/** Deal rooms over HTTP. Who may do what is `change.ts`'s to say; another's room answers as one that is not there. */
import { routes } from "@vaultdesk/shared/api.ts";
import { ThreadId } from "@vaultdesk/shared/id.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import type { ThreadPlace } from "@vaultdesk/shared/room.ts";
import { type Context, Hono } from "hono";

import type { Mailroom } from "../actions/mailroom.ts";
import type { Principal } from "../auth0/principal.ts";
import type { Answer } from "../google/call.ts";
import type { ThreadCard } from "../google/thread-card.ts";
import { type AppEnv, bodyOf, notFound, param, refuse, reply } from "../http.ts";
import type { Absences } from "./absence.ts";
import { lacking } from "./change.ts";
import type { EndAccess } from "./end-access.ts";
import type { EndWalled } from "./end-walled.ts";
import type { Gate } from "./gate.ts";
import type { Members } from "./members.ts";
import type { Rooms } from "./record.ts";
import { roleIn } from "./room.ts";
import type { Threads } from "./threads.ts";

export interface RoomsDeps {
  rooms: Rooms;
  members: Members;
  absences: Absences;
  threads: Threads;
  endAccess: EndAccess;
  endWalled: EndWalled;
  gate: Pick<Gate, "concerns">;
  mailroomOf(principal: Principal): Pick<Mailroom, "threadCard" | "labelNames">;
}

export function roomRoutes(deps: RoomsDeps) {
  const { rooms, members, threads } = deps;

  /** The room as it is after the change. */
  async function shown(c: Context<AppEnv>, changed: Answer<unknown>): Promise<Response> {
    if (!changed.ok) return refuse(c, changed.problem);
    const view = await rooms.view(c.var.principal.sub, param(c, "id"));
    return view === undefined ? notFound(c) : reply(c, routes.room, view);
  }

  function placed(
    c: Context<AppEnv>,
    mail: Pick<Mailroom, "labelNames">,
    card: ThreadCard,
  ): Promise<ThreadPlace> {
    return threads.place(c.var.principal.sub, card, async (ids) => {
      const names = await mail.labelNames(ids, c.req.raw.signal);
      return names.ok ? names.value : [];
    });
  }

  return new Hono<AppEnv>()
    .get(routes.rooms.path, async (c) => {
      const { sub } = c.var.principal;
      await members.join(sub);
      return reply(c, routes.rooms, { rooms: await rooms.list(sub) });
    })
    .post(routes.createRoom.path, async (c) => {
      const input = await bodyOf(c, routes.createRoom);
      if (input === undefined) return refuse(c, problem("bad_request"));
      const made = await rooms.create(c.var.principal.sub, input.codeName);
      return made.ok ? reply(c, routes.createRoom, made.value) : refuse(c, made.problem);
    })
    .get(routes.room.path, (c) => shown(c, { ok: true, value: undefined }))
    .put(routes.changeRoom.path, async (c) => {
      const input = await bodyOf(c, routes.changeRoom);
      if (input === undefined) return refuse(c, problem("bad_request"));
      const { version, details } = input;
      const id = param(c, "id");
      const changed = await rooms.change(c.var.principal.sub, id, version, details);
      if (changed.ok) await deps.endWalled(id);
      return shown(c, changed);
    })
    .put(routes.changeRoles.path, async (c) => {
      const input = await bodyOf(c, routes.changeRoles);
      if (input === undefined) return refuse(c, problem("bad_request"));
      const { version, roles } = input;
      return shown(c, await rooms.changeRoles(c.var.principal.sub, param(c, "id"), version, roles));
    })
    .put(routes.changeRules.path, async (c) => {
      const input = await bodyOf(c, routes.changeRules);
      if (input === undefined) return refuse(c, problem("bad_request"));
      const { version, rules } = input;
      return shown(c, await rooms.changeRules(c.var.principal.sub, param(c, "id"), version, rules));
    })
    .put(routes.changeTiers.path, async (c) => {
      const input = await bodyOf(c, routes.changeTiers);
      if (input === undefined) return refuse(c, problem("bad_request"));
      const { version, tiers } = input;
      return shown(c, await rooms.changeTiers(c.var.principal.sub, param(c, "id"), version, tiers));
    })
    .put(routes.closeRoom.path, async (c) => {
      const input = await bodyOf(c, routes.closeRoom);
      if (input === undefined) return refuse(c, problem("bad_request"));
      const { version, state } = input;
      return shown(c, await rooms.setState(c.var.principal.sub, param(c, "id"), version, state));
    })
    .delete(routes.deleteRoom.path, async (c) => {
      const id = param(c, "id");
      const removed = await rooms.remove(c.var.principal.sub, id);
      if (!removed.ok) return refuse(c, removed.problem);
      for (const sub of removed.value.subs) await deps.endAccess(sub, id);
      return reply(c, routes.deleteRoom, { deleted: true });
    })
    .post(routes.inviteMember.path, async (c) => {
      const input = await bodyOf(c, routes.inviteMember);
      if (input === undefined) return refuse(c, problem("bad_request"));
      const { address, role } = input;
      const id = param(c, "id");
      const invited = await members.invite(c.var.principal.sub, id, address, role);
      // Whoever is invited may not be written to across the wall.
      if (invited.ok) await deps.endWalled(id);
      return shown(c, invited);
    })
    .put(routes.changeMember.path, async (c) => {
      const input = await bodyOf(c, routes.changeMember);
      if (input === undefined) return refuse(c, problem("bad_request"));
      const { sub } = c.var.principal;
      return shown(c, await members.change(sub, param(c, "id"), param(c, "memberId"), input));
    })
    .delete(routes.removeMember.path, async (c) => {
      const id = param(c, "id");
      const removed = await members.remove(c.var.principal.sub, id, param(c, "memberId"));
      if (!removed.ok) return refuse(c, removed.problem);
      if (removed.value.sub !== undefined) await deps.endAccess(removed.value.sub, id);
      return reply(c, routes.removeMember, { removed: true });
    })
    .put(routes.setAbsence.path, async (c) => {
      const input = await bodyOf(c, routes.setAbsence);
      if (input === undefined) return refuse(c, problem("bad_request"));
      const { sub } = c.var.principal;
      return shown(c, await deps.absences.set(sub, param(c, "id"), param(c, "memberId"), input));
    })
    .delete(routes.endAbsence.path, async (c) => {
      const { sub } = c.var.principal;
      return shown(c, await deps.absences.end(sub, param(c, "id"), param(c, "memberId")));
    })
    .post(routes.addThread.path, async (c) => {
      const input = await bodyOf(c, routes.addThread);
      if (input === undefined) return refuse(c, problem("bad_request"));
      const { principal } = c.var;
      const id = param(c, "id");
      // Before Gmail is asked: whoever is no member learns nothing by the time it takes.
      const room = await rooms.view(principal.sub, id);
      if (room === undefined) return notFound(c);
      if (!roleIn(room, room.yours, room.roles).rights.includes("threads")) {
        return refuse(c, lacking("threads", room.yours));
      }
      const mail = deps.mailroomOf(principal);
      const card = await mail.threadCard(input.threadId, c.req.raw.signal);
      if (!card.ok) return refuse(c, card.problem);
      const added = await threads.add(principal.sub, id, card.value);
      if (added.ok) await deps.endWalled(id);
      return added.ok
        ? reply(c, routes.addThread, await placed(c, mail, card.value))
        : refuse(c, added.problem);
    })
    .delete(routes.removeThread.path, async (c) => {
      const { sub } = c.var.principal;
      const removed = await threads.remove(sub, param(c, "id"), param(c, "linkId"));
      return removed.ok
        ? reply(c, routes.removeThread, { removed: true })
        : refuse(c, removed.problem);
    })
    .get(routes.threadPlace.path, async (c) => {
      const threadId = ThreadId.safeParse(c.req.query("threadId"));
      const { principal } = c.var;
      // Who is in no room needs no answer from Gmail.
      if (!threadId.success || !(await deps.gate.concerns(principal.sub))) {
        return reply(c, routes.threadPlace, { rooms: [], others: [] });
      }
      const { signal } = c.req.raw;
      const mail = deps.mailroomOf(principal);
      const card = await mail.threadCard(threadId.data, signal);
      return card.ok
        ? reply(c, routes.threadPlace, await placed(c, mail, card.value))
        : refuse(c, card.problem);
    });
}
