/**
 * LangGraph's checkpoints on our own store, content sealed under the user's key. One saver per run: its thread id is the run's id.
 * Interface: @langchain/langgraph-checkpoint `BaseCheckpointSaver`.
 */
import type { RunnableConfig } from "@langchain/core/runnables";
import {
  BaseCheckpointSaver,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointPendingWrite,
  type CheckpointTuple,
  compareWritesSortKeys,
  getCheckpointId,
  type PendingWrite,
  WRITES_IDX_MAP,
  writesSortKey,
} from "@langchain/langgraph-checkpoint";
import { z } from "zod";

import type { Sealer } from "./keys.ts";
import type { Db } from "./schema.ts";

const Place = z.object({
  configurable: z.object({
    thread_id: z.string(),
    checkpoint_ns: z.string().default(""),
  }),
});

function placeOf(config: RunnableConfig): { thread: string; ns: string; id: string | undefined } {
  const { configurable } = Place.parse(config);
  const id = getCheckpointId(config);
  return {
    thread: configurable.thread_id,
    ns: configurable.checkpoint_ns,
    id: id === "" ? undefined : id,
  };
}

interface Row {
  thread_id: string;
  ns: string;
  id: string;
  parent_id: string | null;
  body_sealed: Uint8Array;
}

// Checkpoint and metadata are the library's own types, written by its serde and read back by it: the one place where a shape is taken on trust.
interface Body {
  checkpoint: Checkpoint;
  metadata: CheckpointMetadata;
}

export class StoreCheckpointer extends BaseCheckpointSaver {
  readonly #db: Db;
  readonly #sealer: Sealer;
  readonly #sub: string;

  constructor(db: Db, sealer: Sealer, sub: string) {
    super();
    this.#db = db;
    this.#sealer = sealer;
    this.#sub = sub;
  }

  async #pack(value: unknown, place: string): Promise<Uint8Array> {
    const [type, bytes] = await this.serde.dumpsTyped(value);
    return this.#sealer.seal(Buffer.concat([Buffer.from(`${type}\n`), bytes]), place);
  }

  async #unpack(sealed: Uint8Array, place: string): Promise<unknown> {
    const bytes = this.#sealer.bytes(sealed, place);
    const end = bytes.indexOf(10);
    const value: unknown = await this.serde.loadsTyped(
      bytes.toString("utf8", 0, end),
      bytes.subarray(end + 1),
    );
    return value;
  }

  async #tuple(row: Row): Promise<CheckpointTuple> {
    const body = await this.#unpack(
      row.body_sealed,
      `checkpoints/${row.thread_id}/${row.ns}/${row.id}`,
    );
    if (!isBody(body)) throw new Error("a checkpoint has an unknown form");
    const at = (id: string) => ({
      configurable: { thread_id: row.thread_id, checkpoint_ns: row.ns, checkpoint_id: id },
    });
    return {
      config: at(row.id),
      checkpoint: body.checkpoint,
      metadata: body.metadata,
      ...(row.parent_id === null ? {} : { parentConfig: at(row.parent_id) }),
      pendingWrites: await this.#writes(row),
    };
  }

  async #writes(row: Row): Promise<CheckpointPendingWrite[]> {
    const rows = await this.#db
      .selectFrom("checkpoint_writes")
      .selectAll()
      .where("thread_id", "=", row.thread_id)
      .where("ns", "=", row.ns)
      .where("checkpoint_id", "=", row.id)
      .execute();
    const sorted = rows.toSorted((a, b) =>
      compareWritesSortKeys(
        writesSortKey(a.task_path, a.task_id, a.idx),
        writesSortKey(b.task_path, b.task_id, b.idx),
      ),
    );
    return Promise.all(
      sorted.map(async (write): Promise<CheckpointPendingWrite> => [
        write.task_id,
        write.channel,
        await this.#unpack(write.body_sealed, writePlace(write)),
      ]),
    );
  }

  async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    const { thread, ns, id } = placeOf(config);
    const row = await this.#db
      .selectFrom("checkpoints")
      .selectAll()
      .where("thread_id", "=", thread)
      .where("ns", "=", ns)
      .$if(id !== undefined, (query) => query.where("id", "=", id ?? ""))
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? undefined : this.#tuple(row);
  }

  async *list(
    config: RunnableConfig,
    options: CheckpointListOptions = {},
  ): AsyncGenerator<CheckpointTuple> {
    const { thread, ns } = placeOf(config);
    const before = options.before === undefined ? undefined : placeOf(options.before).id;
    const rows = await this.#db
      .selectFrom("checkpoints")
      .selectAll()
      .where("thread_id", "=", thread)
      .where("ns", "=", ns)
      .$if(before !== undefined, (query) => query.where("id", "<", before ?? ""))
      .orderBy("id", "desc")
      .execute();
    let left = options.limit ?? Infinity;
    for (const row of rows) {
      if (left <= 0) return;
      const tuple = await this.#tuple(row);
      const metadata = new Map<string, unknown>(Object.entries(tuple.metadata ?? {}));
      const fits = Object.entries(options.filter ?? {}).every(
        ([key, value]) => metadata.get(key) === value,
      );
      if (!fits) continue;
      left -= 1;
      yield tuple;
    }
  }

  async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
  ): Promise<RunnableConfig> {
    const { thread, ns, id: parent } = placeOf(config);
    const body: Body = { checkpoint, metadata };
    const sealed = await this.#pack(body, `checkpoints/${thread}/${ns}/${checkpoint.id}`);
    await this.#db
      .insertInto("checkpoints")
      .values({
        thread_id: thread,
        ns,
        id: checkpoint.id,
        parent_id: parent ?? null,
        sub: this.#sub,
        body_sealed: sealed,
      })
      .onConflict((conflict) =>
        conflict.columns(["thread_id", "ns", "id"]).doUpdateSet({ body_sealed: sealed }),
      )
      .execute();
    return { configurable: { thread_id: thread, checkpoint_ns: ns, checkpoint_id: checkpoint.id } };
  }

  async putWrites(
    config: RunnableConfig,
    writes: PendingWrite[],
    taskId: string,
    taskPath = "",
  ): Promise<void> {
    const { thread, ns, id } = placeOf(config);
    if (id === undefined) throw new Error("writes need a checkpoint id");
    for (const [index, [channel, value]] of writes.entries()) {
      const idx = WRITES_IDX_MAP[channel] ?? index;
      const row = {
        thread_id: thread,
        ns,
        checkpoint_id: id,
        task_id: taskId,
        idx,
        task_path: taskPath,
        channel,
      };
      const sealed = await this.#pack(value, writePlace(row));
      await this.#db
        .insertInto("checkpoint_writes")
        .values({ ...row, body_sealed: sealed })
        .onConflict((conflict) => {
          const same = conflict.columns(["thread_id", "ns", "checkpoint_id", "task_id", "idx"]);
          // Special channels (errors, interrupts) have negative numbers and replace; ordinary writes keep the first.
          return idx < 0 ? same.doUpdateSet({ body_sealed: sealed }) : same.doNothing();
        })
        .execute();
    }
  }

  async deleteThread(threadId: string): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      await tx.deleteFrom("checkpoint_writes").where("thread_id", "=", threadId).execute();
      await tx.deleteFrom("checkpoints").where("thread_id", "=", threadId).execute();
    });
  }
}

function writePlace(row: {
  thread_id: string;
  ns: string;
  checkpoint_id: string;
  task_id: string;
  idx: number;
}): string {
  return `checkpoint_writes/${row.thread_id}/${row.ns}/${row.checkpoint_id}/${row.task_id}/${row.idx}`;
}

function isBody(value: unknown): value is Body {
  return (
    typeof value === "object" && value !== null && "checkpoint" in value && "metadata" in value
  );
}
