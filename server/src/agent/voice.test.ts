import { newId, RunId } from "@vaultdesk/shared/id.ts";
import { expect, test } from "vitest";

import { createVoice } from "./voice.ts";

const runId = RunId.parse(newId("run"));

test("an event that could not be written is told at the next flush, and ends no process before", async () => {
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => unheard.push(reason);
  process.on("unhandledRejection", hear);
  const voice = createVoice(runId, () => Promise.reject(new Error("no database")));
  voice.tell({ type: "run.resumed", runId });
  await new Promise((later) => {
    setTimeout(later, 20);
  });
  await expect(voice.flush()).rejects.toThrow("no database");
  process.off("unhandledRejection", hear);
  expect(unheard).toEqual([]);
});
