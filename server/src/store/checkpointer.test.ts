import { AIMessage, HumanMessage } from "@langchain/core/messages";
import { emptyCheckpoint, uuid6 } from "@langchain/langgraph-checkpoint";
import { expect, test } from "vitest";

import { StoreCheckpointer } from "./checkpointer.ts";
import { newKey } from "./crypto.ts";
import { createKeyring } from "./keys.ts";
import { openStore } from "./open.ts";

async function saver() {
  const { db } = await openStore({ file: ":memory:" });
  const keys = createKeyring(db, newKey(), () => new Date());
  return { db, saver: new StoreCheckpointer(db, await keys.of("maya"), "maya") };
}

const start = { configurable: { thread_id: "run_1", checkpoint_ns: "" } };

test("the newest checkpoint comes back with its writes and its parent", async () => {
  const { saver: one } = await saver();
  const first = {
    ...emptyCheckpoint(),
    id: uuid6(1),
    channel_values: { messages: [new HumanMessage("hi")] },
    channel_versions: { messages: 1 },
  };
  const at = await one.put(
    start,
    first,
    { source: "input", step: -1, parents: {} },
    { messages: 1 },
  );
  const second = {
    ...first,
    id: uuid6(2),
    channel_values: { messages: [new AIMessage("yes")] },
    channel_versions: { messages: 2 },
  };
  const then = await one.put(at, second, { source: "loop", step: 0, parents: {} }, { messages: 2 });
  await one.putWrites(then, [["messages", new AIMessage("later")]], "task-1");

  const tuple = await one.getTuple(start);
  expect(tuple?.checkpoint.id).toBe(second.id);
  expect(tuple?.parentConfig?.configurable?.["checkpoint_id"]).toBe(first.id);
  expect(tuple?.checkpoint.channel_values["messages"]).toMatchObject([{ content: "yes" }]);
  expect(tuple?.pendingWrites).toMatchObject([["task-1", "messages", { content: "later" }]]);
});

test("mail text in a checkpoint is not in the file", async () => {
  const { db, saver: one } = await saver();
  const checkpoint = {
    ...emptyCheckpoint(),
    channel_values: { messages: [new HumanMessage("escrow at ten percent")] },
    channel_versions: { messages: 1 },
  };
  await one.put(start, checkpoint, { source: "input", step: -1, parents: {} }, { messages: 1 });
  const row = await db
    .selectFrom("checkpoint_values")
    .select("body_sealed")
    .executeTakeFirstOrThrow();
  expect(Buffer.from(row.body_sealed).includes("escrow")).toBe(false);
});

test("a forgotten thread is gone", async () => {
  const { saver: one } = await saver();
  await one.put(start, emptyCheckpoint(), { source: "input", step: -1, parents: {} }, {});
  await one.deleteThread("run_1");
  expect(await one.getTuple(start)).toBeUndefined();
});
