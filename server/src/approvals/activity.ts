/** A person's own log, newest first: every request to their phone, also those whose conversation is gone. */
import type { ActivityRow } from "@vaultdesk/shared/activity.ts";
import { routes } from "@vaultdesk/shared/api.ts";
import type { ApprovalItem, ApprovalView } from "@vaultdesk/shared/approval.ts";
import { ApprovalState } from "@vaultdesk/shared/approval.ts";
import { Digest } from "@vaultdesk/shared/digest.ts";
import { ApprovalId } from "@vaultdesk/shared/id.ts";
import { Hono } from "hono";

import { inAllItsRooms, inTheirRooms } from "../conversations/in-rooms.ts";
import { type AppEnv, reply } from "../http.ts";
import type { Keyring, Sealer } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";
import { readRow, type Row } from "./row.ts";

const PAGE = 30;

export interface Activity {
  /** `before` is an earlier page's `next`. */
  page(sub: string, before?: string): Promise<{ rows: ActivityRow[]; next?: string }>;
}

export function createActivity(db: Db, keys: Keyring): Activity {
  return {
    async page(sub, before = "") {
      const sealer = await keys.of(sub);
      const [at = "", id = ""] = before.split("~");
      let query = db
        .selectFrom("approvals")
        .selectAll()
        .select([
          inTheirRooms("approvals.conversation_id", sub).as("visible"),
          inAllItsRooms(sub).as("shown"),
        ])
        .where("sub", "=", sub);
      if (at !== "") {
        query = query.where((where) =>
          where.or([
            where("requested_at", "<", at),
            where.and([where("requested_at", "=", at), where("id", "<", id)]),
          ]),
        );
      }
      const rows = await query
        .orderBy("requested_at", "desc")
        .orderBy("id", "desc")
        .limit(PAGE + 1)
        .execute();
      const page = rows.slice(0, PAGE);
      const last = rows.length > PAGE ? page.at(-1) : undefined;
      return {
        rows: page.map(({ visible, shown, ...row }) =>
          // As for one whose conversation was deleted: what is left is that it was asked.
          lineOf(visible && shown ? row : { ...row, conversation_id: "" }, sealer),
        ),
        ...(last === undefined ? {} : { next: `${last.requested_at}~${last.id}` }),
      };
    },
  };
}

function lineOf(row: Row, sealer: Sealer): ActivityRow {
  return {
    id: ApprovalId.parse(row.id),
    state: ApprovalState.parse(row.state),
    digest: Digest.parse(row.digest),
    requestedAt: row.requested_at,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
    ...(row.conversation_id === "" ? {} : { approval: withoutTexts(readRow(row, sealer).view) }),
  };
}

/** A page of bundles would be megabytes of mail. */
function withoutTexts(view: ApprovalView): ApprovalView {
  return { ...view, items: view.items.map(withoutText) };
}

function withoutText(item: ApprovalItem): ApprovalItem {
  return item.kind === "email.send" ? { ...item, content: { ...item.content, text: "" } } : item;
}

export function activityRoutes(activity: Activity) {
  return new Hono<AppEnv>().get(routes.activity.path, async (c) =>
    reply(c, routes.activity, await activity.page(c.var.principal.sub, c.req.query("before"))),
  );
}
