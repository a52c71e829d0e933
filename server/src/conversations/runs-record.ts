/**
 * Runs at rest. A run that is `running` belongs to one process, under a lease that it keeps renewing; one that waits for a phone belongs
 * to none. A state moves by compare-and-set, with the event that tells the panel in the same transaction.
 */
import type { EventBody } from "@vaultdesk/shared/event.ts";
import { ConversationId, newId, RunId } from "@vaultdesk/shared/id.ts";

import type { Bus } from "../store/bus.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";
import type { ConversationLog } from "./log.ts";

interface RunInput {
  text: string;
  threadId?: string | undefined;
  messageId?: string | undefined;
  timeZone: string;
}

export interface RunRow {
  id: RunId;
  sub: string;
  conversationId: ConversationId;
}

export interface RunRecord {
  start(
    sub: string,
    id: ConversationId,
    input: RunInput,
    told: (runId: RunId) => EventBody,
  ): Promise<RunRow>;
  /** From `running` to rest. False when another process took it. */
  rest(
    run: RunRow,
    to: "waiting" | "ended",
    told: EventBody,
    transcript?: string,
  ): Promise<boolean>;
  /** From `waiting`: of two that want to go on with it, or to stop it, one may. */
  claim(run: RunRow, to: "running" | "ended", told: EventBody): Promise<boolean>;
  /** Ends one that waits; of one that runs tells its process to stop it. False when it is not theirs or does neither. */
  stop(sub: string, id: string): Promise<boolean>;
  find(id: string): Promise<RunRow | undefined>;
  /** The lease of these runs is renewed. */
  keep(ids: readonly RunId[]): Promise<void>;
  /** Running ones whose process is gone, taken for this one. */
  takeStranded(): Promise<RunRow[]>;
  /** The leases of these end now, and every other process hears that there is something to take. */
  release(ids: readonly RunId[]): Promise<void>;
  /** Another process gave its runs back. */
  onReleased(heard: () => void, signal: AbortSignal): void;
  /** Waiting ones whose approvals have all ended. */
  ready(): Promise<RunRow[]>;
}

function rowOf(row: { id: string; sub: string; conversation_id: string }): RunRow {
  return {
    id: RunId.parse(row.id),
    sub: row.sub,
    conversationId: ConversationId.parse(row.conversation_id),
  };
}

/** What is released: all of this table. */
const RUNS = "runs";

export function createRunRecord(deps: {
  db: Db;
  bus: Bus;
  keys: Keyring;
  log: ConversationLog;
  leaseMs: number;
  now(): Date;
}): RunRecord {
  const { db, bus, keys, log } = deps;
  const leaseUntil = () => deps.now().getTime() + deps.leaseMs;

  async function move(
    { id, sub, conversationId }: RunRow,
    from: "running" | "waiting",
    told: EventBody,
    change: { state: string; lease_until: number; transcript_sealed?: Uint8Array },
  ): Promise<boolean> {
    const moved = await db.transaction().execute(async (tx) => {
      const row = await tx
        .updateTable("runs")
        .set(change)
        .where("id", "=", id)
        .where("state", "=", from)
        .returning("id")
        .executeTakeFirst();
      if (row !== undefined) await log.appendIn(tx, conversationId, sub, told);
      return row !== undefined;
    });
    if (moved) log.announce(conversationId);
    return moved;
  }

  async function find(id: string): Promise<RunRow | undefined> {
    const row = await db
      .selectFrom("runs")
      .select(["id", "sub", "conversation_id"])
      .where("id", "=", id)
      .executeTakeFirst();
    return row === undefined ? undefined : rowOf(row);
  }

  async function claim(run: RunRow, to: "running" | "ended", told: EventBody): Promise<boolean> {
    await keys.of(run.sub);
    return move(run, "waiting", told, {
      state: to,
      lease_until: to === "running" ? leaseUntil() : 0,
    });
  }

  return {
    find,
    claim,

    async start(sub, conversationId, input, told) {
      const id = RunId.parse(newId("run"));
      const sealer = await keys.of(sub);
      await db.transaction().execute(async (tx) => {
        await tx
          .insertInto("runs")
          .values({
            id,
            conversation_id: conversationId,
            sub,
            state: "running",
            input_sealed: sealer.seal(JSON.stringify(input), `runs/${id}/input`),
            transcript_sealed: null,
            created_at: deps.now().toISOString(),
            lease_until: leaseUntil(),
          })
          .execute();
        await log.appendIn(tx, conversationId, sub, told(id));
      });
      log.announce(conversationId);
      return { id, sub, conversationId };
    },

    async rest(run, to, told, transcript) {
      const sealer = await keys.of(run.sub);
      const place = `runs/${run.id}/transcript`;
      return move(run, "running", told, {
        state: to,
        lease_until: 0,
        ...(transcript === undefined ? {} : { transcript_sealed: sealer.seal(transcript, place) }),
      });
    },

    async stop(sub, runId) {
      const run = await find(runId);
      if (run?.sub !== sub) return false;
      const { id } = run;
      if (await claim(run, "ended", { type: "run.ended", runId: id, outcome: "cancelled" })) {
        return true;
      }
      const running = await db.transaction().execute(async (tx) => {
        const row = await tx
          .selectFrom("runs")
          .select("id")
          .where("id", "=", id)
          .where("state", "=", "running")
          .executeTakeFirst();
        if (row !== undefined) await bus.publishIn(tx, "cancel", id);
        return row !== undefined;
      });
      if (running) bus.announce("cancel", id);
      return running;
    },

    async keep(ids) {
      if (ids.length === 0) return;
      await db
        .updateTable("runs")
        .set({ lease_until: leaseUntil() })
        .where("id", "in", ids)
        .where("state", "=", "running")
        .execute();
    },

    async takeStranded() {
      const rows = await db
        .updateTable("runs")
        .set({ lease_until: leaseUntil() })
        .where("state", "=", "running")
        .where("lease_until", "<=", deps.now().getTime())
        .returning(["id", "sub", "conversation_id"])
        .execute();
      return rows.map(rowOf);
    },

    async release(ids) {
      await db.transaction().execute(async (tx) => {
        if (ids.length > 0) {
          await tx
            .updateTable("runs")
            .set({ lease_until: 0 })
            .where("id", "in", ids)
            .where("state", "=", "running")
            .execute();
        }
        await bus.publishIn(tx, "released", RUNS);
      });
    },

    onReleased(heard, signal) {
      bus.on("released", RUNS, heard, signal);
    },

    async ready() {
      const rows = await db
        .selectFrom("runs")
        .select(["id", "sub", "conversation_id"])
        .where("state", "=", "waiting")
        .where((where) =>
          where.not(
            where.exists(
              where
                .selectFrom("approvals")
                .select("approvals.id")
                .whereRef("approvals.run_id", "=", "runs.id")
                .where("approvals.ended_at", "is", null),
            ),
          ),
        )
        .execute();
      return rows.map(rowOf);
    },
  };
}
