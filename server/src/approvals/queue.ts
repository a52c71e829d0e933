/**
 * What is to be done at Auth0 and when, as rows: a push or a poll for each open approval. Claimed in batches under a lease, so that any
 * number of processes share the work and a dead one's rows come back. One token bucket for the whole tenant is taken from in the same
 * transaction; people who have a panel open come first when it runs short.
 */
import { sql, type Transaction } from "kysely";

import type { Keyring } from "../store/keys.ts";
import type { Db, Tables } from "../store/schema.ts";
import { refill } from "./bucket.ts";

export interface Due {
  id: string;
  /** `hold`: approved, and held until about now. */
  kind: "push" | "poll" | "hold";
  /** Absent before the push was answered. */
  authReqId: string | undefined;
  intervalMs: number;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  dueAt: number;
}

/** A poll as it is put into the queue. */
export interface Poll {
  authReqId: string;
  intervalMs: number;
  expiresAt: number;
  dueAt: number;
}

/** A poll that goes back into the queue. */
export interface Put {
  id: string;
  dueAt: number;
}

export interface Queue {
  /**
   * Takes up to `limit` rows that are due, and polls that will be within `aheadMs`, as many as the tenant's bucket allows, and leases
   * them. The polls in `put`, which were taken before, are due again first.
   */
  claim(
    now: number,
    limit: number,
    more?: { put?: readonly Put[]; aheadMs?: number },
  ): Promise<Due[]>;
  /** Due again at `dueAt`, from now on with this interval. */
  later(id: string, dueAt: number, intervalMs: number): Promise<void>;
  /** Nothing more is to be done about it here. */
  drop(id: string): Promise<void>;
  /** When the next row is due. */
  next(): Promise<number | undefined>;
  /** Approvals that wait for a phone. */
  waiting(): Promise<number>;
  /** The person has a panel open, in this process or another, until then. */
  panelOpen(sub: string, until: number): Promise<void>;
}

const TENANT = "auth0";
const NO_REQUEST = { interval_ms: 0, expires_at: 0, auth_req_sealed: null };

function place(id: string): string {
  return `queue/${id}/auth_req`;
}

async function put(
  tx: Transaction<Tables>,
  id: string,
  sub: string,
  row: Omit<Tables["queue"], "approval_id" | "sub">,
): Promise<void> {
  await tx
    .insertInto("queue")
    .values({ approval_id: id, sub, ...row })
    .onConflict((conflict) => conflict.column("approval_id").doUpdateSet(row))
    .execute();
}

export async function putPoll(
  tx: Transaction<Tables>,
  keys: Keyring,
  id: string,
  sub: string,
  poll: Poll,
): Promise<void> {
  await put(tx, id, sub, {
    kind: "poll",
    due_at: poll.dueAt,
    interval_ms: poll.intervalMs,
    expires_at: poll.expiresAt,
    auth_req_sealed: keys.queue.seal(poll.authReqId, place(id)),
  });
}

export async function putPush(
  tx: Transaction<Tables>,
  id: string,
  sub: string,
  dueAt: number,
): Promise<void> {
  await put(tx, id, sub, { kind: "push", due_at: dueAt, ...NO_REQUEST });
}

/** Approved, and held: no request to Auth0, but due again when the hold is over, whoever is alive then. */
export async function putHold(
  tx: Transaction<Tables>,
  id: string,
  sub: string,
  dueAt: number,
): Promise<void> {
  await put(tx, id, sub, { kind: "hold", due_at: dueAt, ...NO_REQUEST });
}

/**
 * Before several rows are taken out at once: a claim locks the bucket first and then many rows in an order of its own, and the two would
 * wait for one another.
 */
export async function lockQueue(tx: Transaction<Tables>): Promise<void> {
  await tx
    .updateTable("buckets")
    .set((row) => ({ tokens: row.ref("tokens") }))
    .where("name", "=", TENANT)
    .execute();
}

export async function remove(tx: Transaction<Tables>, id: string): Promise<void> {
  await tx.deleteFrom("queue").where("approval_id", "=", id).execute();
}

export function createQueue(deps: {
  db: Db;
  kind: "sqlite" | "postgres";
  keys: Keyring;
  leaseMs: number;
  /** Requests a second that the tenant allows for pushes and polls. */
  rate: number;
}): Queue {
  const { db, keys, leaseMs, rate } = deps;

  /** Locks the bucket until the commit: of two processes that claim, one waits. */
  async function tokens(tx: Transaction<Tables>, now: number): Promise<number> {
    const locked = () =>
      tx
        .updateTable("buckets")
        .set((row) => ({ tokens: row.ref("tokens") }))
        .where("name", "=", TENANT)
        .returning(["tokens", "at"])
        .executeTakeFirst();
    let row = await locked();
    if (row === undefined) {
      await tx
        .insertInto("buckets")
        .values({ name: TENANT, tokens: rate, at: now })
        .onConflict((conflict) => conflict.column("name").doNothing())
        .execute();
      row = await locked();
    }
    return row === undefined ? 0 : refill(row, now, rate);
  }

  /** As one parameter: a statement that is the same for any number of rows is prepared once. */
  function table(rows: readonly Put[]) {
    const json = JSON.stringify(rows.map(({ id, dueAt }) => ({ id, due_at: dueAt })));
    return deps.kind === "postgres"
      ? sql`json_to_recordset(cast(${json} as json)) as told (id text, due_at bigint)`
      : sql`(select value ->> 'id' as id, value ->> 'due_at' as due_at from json_each(${json})) as told`;
  }

  async function putBack(tx: Transaction<Tables>, rows: readonly Put[]): Promise<void> {
    if (rows.length === 0) return;
    await sql`update queue set due_at = told.due_at from ${table(rows)}
      where approval_id = told.id and kind = 'poll'`.execute(tx);
  }

  async function lease(tx: Transaction<Tables>, ids: readonly string[], until: number) {
    const rows = ids.map((id) => ({ id, dueAt: until }));
    await sql`update queue set due_at = told.due_at from ${table(rows)}
      where approval_id = told.id`.execute(tx);
  }

  return {
    async claim(now, limit, { put: back = [], aheadMs = 0 } = {}) {
      return db.transaction().execute(async (tx) => {
        // Times and leases that a power cut takes back are polled again, a little early: not worth a wait for the disk.
        if (deps.kind === "postgres") await sql`set local synchronous_commit = off`.execute(tx);
        const left = await tokens(tx, now);
        await putBack(tx, back);
        const allowed = Math.min(limit, Math.floor(left));
        if (allowed <= 0) return [];
        const due = await tx
          .selectFrom("queue")
          .leftJoin("panels", (join) =>
            join.onRef("panels.sub", "=", "queue.sub").on("panels.open_until", ">", now),
          )
          .selectAll("queue")
          .where("due_at", "<=", now + aheadMs)
          .where((row) => row.or([row("due_at", "<=", now), row("kind", "=", "poll")]))
          .orderBy((order) => order.case().when("panels.sub", "is", null).then(1).else(0).end())
          .orderBy("due_at")
          .limit(allowed)
          .execute();
        if (due.length === 0) return [];
        const ids = due.map((row) => row.approval_id);
        await lease(tx, ids, now + leaseMs);
        await tx
          .updateTable("buckets")
          .set({ tokens: left - due.length, at: now })
          .where("name", "=", TENANT)
          .execute();
        return due.map((row): Due => ({
          id: row.approval_id,
          kind: row.kind === "push" || row.kind === "hold" ? row.kind : "poll",
          authReqId:
            row.auth_req_sealed === null
              ? undefined
              : keys.queue.text(row.auth_req_sealed, place(row.approval_id)),
          intervalMs: row.interval_ms,
          expiresAt: row.expires_at,
          dueAt: row.due_at,
        }));
      });
    },

    async later(id, dueAt, intervalMs) {
      await db
        .updateTable("queue")
        .set({ due_at: dueAt, interval_ms: intervalMs })
        .where("approval_id", "=", id)
        .where("kind", "=", "poll")
        .execute();
    },

    async drop(id) {
      await db.deleteFrom("queue").where("approval_id", "=", id).execute();
    },

    async next() {
      const row = await db
        .selectFrom("queue")
        .select("due_at")
        .orderBy("due_at")
        .limit(1)
        .executeTakeFirst();
      return row?.due_at;
    },

    async waiting() {
      const row = await db
        .selectFrom("queue")
        .select((count) => count.fn.countAll<number>().as("rows"))
        .where("kind", "<>", "hold")
        .executeTakeFirst();
      return row?.rows ?? 0;
    },

    async panelOpen(sub, until) {
      await db
        .insertInto("panels")
        .values({ sub, open_until: until })
        .onConflict((conflict) => conflict.column("sub").doUpdateSet({ open_until: until }))
        .execute();
    },
  };
}
