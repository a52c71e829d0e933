/** LangGraph's own conformance suite for checkpointers, on both stores. */
import { deltaChannelHistoryTests, specTest } from "@langchain/langgraph-checkpoint-validation";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { StoreCheckpointer } from "./checkpointer.ts";
import { newKey } from "./crypto.ts";
import { createKeyring } from "./keys.ts";
import { migratedDatabase } from "./migrated-for-tests.ts";
import { openStore, type Store, type StorePlace } from "./open.ts";

// The suite is written for runners that put these into the global scope.
Object.assign(globalThis, { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it });

const PLACES: readonly [string, () => Promise<StorePlace>][] = [
  ["sqlite", () => Promise.resolve({ file: ":memory:" })],
  ["postgres", async () => ({ url: await migratedDatabase() })],
];

for (const [name, place] of PLACES) {
  const opened: Store[] = [];
  const suite = {
    checkpointerName: name,
    async createCheckpointer() {
      const store = await openStore(await place());
      opened.push(store);
      const keys = createKeyring(store.db, newKey(), () => new Date());
      return new StoreCheckpointer(store.db, await keys.of("maya"), "maya");
    },
    async destroyCheckpointer() {
      await opened.pop()?.close();
    },
  };
  specTest(suite);
  deltaChannelHistoryTests(suite);
}
