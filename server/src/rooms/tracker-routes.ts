/** The tracker of a deal room over HTTP. What a mail says is read in the caller's own mailbox, each time. */
import { routes } from "@vaultdesk/shared/api.ts";
import { MessageId } from "@vaultdesk/shared/id.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { boardOf, Entry } from "@vaultdesk/shared/tracker.ts";
import { type Context, Hono } from "hono";

import type { Mailroom } from "../actions/mailroom.ts";
import type { Principal } from "../auth0/principal.ts";
import type { Answer } from "../google/call.ts";
import { type AppEnv, bodyOf, notFound, param, refuse, reply } from "../http.ts";
import { lacking } from "./change.ts";
import { mailOf, saying } from "./entry-mail.ts";
import { spokenWith } from "./last-words.ts";
import { trackerTable } from "./tracker-table.ts";
import type { Kept, Tracker } from "./tracker.ts";

export interface TrackerDeps {
  tracker: Tracker;
  now(): Date;
  mailroomOf(principal: Principal): Pick<Mailroom, "search" | "thread">;
}

/** Without its proof: the schema has no place for it. */
const bare = (entries: readonly Kept[]) => entries.map((entry) => Entry.parse(entry));

export function trackerRoutes(deps: TrackerDeps) {
  const { tracker } = deps;
  /** The tracker as it is after the change. */
  async function shown(c: Context<AppEnv>, changed: Answer<void>): Promise<Response> {
    if (!changed.ok) return refuse(c, changed.problem);
    const found = await tracker.read(c.var.principal.sub, param(c, "id"));
    if (found === undefined) return notFound(c);
    const { entries, mayNote } = found;
    return reply(c, routes.tracker, { entries: bare(entries), mayNote });
  }

  return new Hono<AppEnv>()
    .get(routes.tracker.path, (c) => shown(c, { ok: true, value: undefined }))
    .post(routes.noteMilestone.path, async (c) => {
      const input = await bodyOf(c, routes.noteMilestone);
      if (input === undefined) return refuse(c, problem("bad_request"));
      const { principal } = c.var;
      const { said, mail, instead } = input;
      const id = param(c, "id");
      if (mail === undefined) {
        return shown(c, await tracker.note(principal.sub, id, said, { instead }));
      }
      // Before Gmail is asked: whoever may not learns nothing by the time it takes.
      const found = await tracker.read(principal.sub, id);
      if (found === undefined) return notFound(c);
      if (!found.mayNote) return refuse(c, lacking("tracker", found.yours));
      const thread = await deps.mailroomOf(principal).thread(mail.threadId, c.req.raw.signal);
      if (!thread.ok) return refuse(c, thread.problem);
      const source = saying(thread.value.messages, mail.quote)?.source;
      if (source === undefined) return refuse(c, problem("quote_unknown"));
      return shown(c, await tracker.note(principal.sub, id, said, { source, instead }));
    })
    .put(routes.confirmMilestone.path, async (c) => {
      const input = await bodyOf(c, routes.confirmMilestone);
      if (input === undefined) return refuse(c, problem("bad_request"));
      const { sub } = c.var.principal;
      const [id, entryId] = [param(c, "id"), param(c, "entryId")];
      return shown(c, await tracker.confirm(sub, id, entryId, input.said));
    })
    .delete(routes.withdrawMilestone.path, async (c) => {
      const { sub } = c.var.principal;
      return shown(c, await tracker.withdraw(sub, param(c, "id"), param(c, "entryId")));
    })
    .get(routes.milestoneMail.path, async (c) => {
      const { principal } = c.var;
      const found = await tracker.read(principal.sub, param(c, "id"));
      const entry = found?.entries.find(({ id }) => id === param(c, "entryId"));
      if (entry?.source === undefined) return notFound(c);
      const mail = await mailOf(deps.mailroomOf(principal), entry.source, c.req.raw.signal);
      return mail.ok ? reply(c, routes.milestoneMail, mail.value) : refuse(c, mail.problem);
    })
    .get(routes.trackerSilence.path, async (c) => {
      const { principal } = c.var;
      const found = await tracker.read(principal.sub, param(c, "id"));
      if (found === undefined) return notFound(c);
      const { room, entries } = found;
      const board = boardOf(room.details.circle, entries).filter(({ nda }) => nda !== "declined");
      const mail = deps.mailroomOf(principal);
      const signal = c.req.raw.signal;
      const spoken = await spokenWith(mail, { ...room, ...found }, board, deps.now(), signal);
      if (!spoken.ok) return refuse(c, spoken.problem);
      const silent = spoken.value.flatMap(({ row: { name }, ours, unanswered: days = 0 }) =>
        ours === undefined || days < 1 ? [] : [{ name, days, messageId: MessageId.parse(ours.id) }],
      );
      return reply(c, routes.trackerSilence, { silent });
    })
    .get(routes.trackerTable.path, async (c) => {
      const { sub } = c.var.principal;
      const found = await tracker.read(sub, param(c, "id"));
      if (found === undefined) return notFound(c);
      const { room, entries } = found;
      await tracker.exported(sub, room.id, entries.length);
      return reply(c, routes.trackerTable, { csv: trackerTable(room.details, entries) });
    });
}
