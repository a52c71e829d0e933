/**
 * LangGraph's checkpoints on our own store, content sealed under the user's key. One saver per run: its thread id is the run's id.
 * Interface: @langchain/langgraph-checkpoint `BaseCheckpointSaver`.
 */
import type { RunnableConfig } from "@langchain/core/runnables";
import {
  BaseCheckpointSaver,
  type ChannelVersions,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointPendingWrite,
  type CheckpointTuple,
  compareWritesSortKeys,
  getCheckpointId,
  maxChannelVersion,
  type PendingWrite,
  TASKS,
  WRITES_IDX_MAP,
  writesSortKey,
} from "@langchain/langgraph-checkpoint";
import { z } from "zod";

import type { Sealer } from "./keys.ts";
import type { Db } from "./schema.ts";

const Config = z.object({
  configurable: z
    .object({ thread_id: z.string().optional(), checkpoint_ns: z.string().optional() })
    .default({}),
});

interface Place {
  thread: string;
  ns: string;
  /** Absent: the newest. */
  id: string | undefined;
}

/** `undefined` without a thread. */
function placeOf(config: RunnableConfig): Place | undefined {
  const { configurable } = Config.parse(config);
  if (configurable.thread_id === undefined) return undefined;
  const id = getCheckpointId(config);
  return {
    thread: configurable.thread_id,
    ns: configurable.checkpoint_ns ?? "",
    id: id === "" ? undefined : id,
  };
}

function placed(config: RunnableConfig): Place {
  const place = placeOf(config);
  if (place === undefined) throw new Error("a checkpoint needs a thread_id");
  return place;
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
    const checkpoint = await this.#withValues(row, body.checkpoint);
    return {
      config: at(row.id),
      checkpoint: checkpoint.v < 4 ? await this.#withSends(row, checkpoint) : checkpoint,
      metadata: body.metadata,
      ...(row.parent_id === null ? {} : { parentConfig: at(row.parent_id) }),
      pendingWrites: await this.#writes(row, row.id),
    };
  }

  async #withValues(row: Row, checkpoint: Checkpoint): Promise<Checkpoint> {
    const versions = checkpoint.channel_versions;
    const rows = await this.#db
      .selectFrom("checkpoint_values")
      .selectAll()
      .where("thread_id", "=", row.thread_id)
      .where("ns", "=", row.ns)
      .where("channel", "in", [...Object.keys(versions), ""])
      .execute();
    const values: Record<string, unknown> = { ...checkpoint.channel_values };
    for (const value of rows) {
      if (String(versions[value.channel]) !== value.version) continue;
      values[value.channel] = await this.#unpack(value.body_sealed, valuePlace(value));
    }
    return { ...checkpoint, channel_values: values };
  }

  /** Sends of before version 4 were writes of the parent; now they are a channel. */
  async #withSends(row: Row, checkpoint: Checkpoint): Promise<Checkpoint> {
    if (row.parent_id === null) return checkpoint;
    const writes = await this.#writes(row, row.parent_id);
    const sends = writes.filter(([, channel]) => channel === TASKS).map(([, , value]) => value);
    const versions = Object.values(checkpoint.channel_versions);
    return {
      ...checkpoint,
      channel_values: { ...checkpoint.channel_values, [TASKS]: sends },
      channel_versions: {
        ...checkpoint.channel_versions,
        [TASKS]:
          versions.length > 0 ? maxChannelVersion(...versions) : this.getNextVersion(undefined),
      },
    };
  }

  async #writes(row: Row, checkpointId: string): Promise<CheckpointPendingWrite[]> {
    const rows = await this.#db
      .selectFrom("checkpoint_writes")
      .selectAll()
      .where("thread_id", "=", row.thread_id)
      .where("ns", "=", row.ns)
      .where("checkpoint_id", "=", checkpointId)
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
    const place = placeOf(config);
    if (place === undefined) return undefined;
    const { thread, ns, id } = place;
    const row = await this.#db
      .selectFrom("checkpoints")
      .selectAll()
      .where("sub", "=", this.#sub)
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
    const { configurable } = Config.parse(config);
    const { thread_id: thread, checkpoint_ns: ns } = configurable;
    const id = getCheckpointId(config);
    const before = options.before === undefined ? undefined : getCheckpointId(options.before);
    const rows = await this.#db
      .selectFrom("checkpoints")
      .selectAll()
      .where("sub", "=", this.#sub)
      .$if(thread !== undefined, (query) => query.where("thread_id", "=", thread ?? ""))
      .$if(ns !== undefined, (query) => query.where("ns", "=", ns ?? ""))
      .$if(id !== "", (query) => query.where("id", "=", id))
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
    newVersions: ChannelVersions,
  ): Promise<RunnableConfig> {
    const { thread, ns, id: parent } = placed(config);
    const changed = Object.entries(newVersions).filter(
      ([channel]) => channel in checkpoint.channel_values,
    );
    const values = await Promise.all(
      changed.map(async ([channel, version]) => {
        const row = { thread_id: thread, ns, channel, version: String(version) };
        const value = checkpoint.channel_values[channel];
        return { ...row, body_sealed: await this.#pack(value, valuePlace(row)) };
      }),
    );
    const body: Body = { checkpoint: { ...checkpoint, channel_values: {} }, metadata };
    const sealed = await this.#pack(body, `checkpoints/${thread}/${ns}/${checkpoint.id}`);
    await this.#db.transaction().execute(async (tx) => {
      if (values.length > 0) {
        await tx
          .insertInto("checkpoint_values")
          .values(values)
          .onConflict((conflict) =>
            conflict
              .columns(["thread_id", "ns", "channel", "version"])
              .doUpdateSet((row) => ({ body_sealed: row.ref("excluded.body_sealed") })),
          )
          .execute();
      }
      await tx
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
    });
    return { configurable: { thread_id: thread, checkpoint_ns: ns, checkpoint_id: checkpoint.id } };
  }

  async putWrites(
    config: RunnableConfig,
    writes: PendingWrite[],
    taskId: string,
    taskPath = "",
  ): Promise<void> {
    const { thread, ns, id } = placed(config);
    if (id === undefined) throw new Error("writes need a checkpoint id");
    const rows = await Promise.all(
      writes.map(async ([channel, value], index) => {
        const row = {
          thread_id: thread,
          ns,
          checkpoint_id: id,
          task_id: taskId,
          idx: WRITES_IDX_MAP[channel] ?? index,
          task_path: taskPath,
          channel,
        };
        return { ...row, body_sealed: await this.#pack(value, writePlace(row)) };
      }),
    );
    const same = ["thread_id", "ns", "checkpoint_id", "task_id", "idx"] as const;
    // Ordinary writes keep the first; special channels (errors, interrupts) have negative numbers and replace.
    const ordinary = rows.filter(({ idx }) => idx >= 0);
    if (ordinary.length > 0) {
      await this.#db
        .insertInto("checkpoint_writes")
        .values(ordinary)
        .onConflict((conflict) => conflict.columns(same).doNothing())
        .execute();
    }
    for (const special of rows.filter(({ idx }) => idx < 0)) {
      await this.#db
        .insertInto("checkpoint_writes")
        .values(special)
        .onConflict((conflict) =>
          conflict.columns(same).doUpdateSet({ body_sealed: special.body_sealed }),
        )
        .execute();
    }
  }

  async deleteThread(threadId: string): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      await tx.deleteFrom("checkpoint_writes").where("thread_id", "=", threadId).execute();
      await tx.deleteFrom("checkpoint_values").where("thread_id", "=", threadId).execute();
      await tx.deleteFrom("checkpoints").where("thread_id", "=", threadId).execute();
    });
  }
}

function valuePlace(row: {
  thread_id: string;
  ns: string;
  channel: string;
  version: string;
}): string {
  return `checkpoint_values/${row.thread_id}/${row.ns}/${row.channel}/${row.version}`;
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
