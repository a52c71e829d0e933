import { setImmediate as nextRound } from "node:timers/promises";

import { expect, test } from "vitest";

import { createStarts, type Starts } from "./starts.ts";

/** Who was let in, in each round of the event loop until all were. */
async function rounds(asked: readonly [keyof Starts, string][], now: () => number = () => 0) {
  const starts = createStarts(now);
  const began: string[] = [];
  for (const [kind, name] of asked) {
    starts[kind]().then(
      () => began.push(name),
      () => undefined,
    );
  }
  const seen: string[] = [];
  while (began.length < asked.length) {
    await nextRound();
    seen.push(began.join(" "));
  }
  return seen;
}

test("one is let in a round, whatever came first, then questions before answers", async () => {
  const came = await rounds([
    ["answer", "a1"],
    ["answer", "a2"],
    ["question", "q1"],
    ["question", "q2"],
  ]);
  expect(came).toEqual(["a1 q1", "a1 q1 q2", "a1 q1 q2 a2"]);
});

test("an answer that waited half a second goes before the questions that keep coming", async () => {
  let clock = 0;
  const came = await rounds(
    [
      ["question", "q1"],
      ["answer", "a1"],
      ["question", "q2"],
      ["question", "q3"],
      ["question", "q4"],
    ],
    // The queue of questions takes 200 ms each.
    () => (clock += 100),
  );
  expect(came.at(-1)).toMatch(/^q1 .*a1 .*q4$/);
});

test("after a pause the next one is let in at once", async () => {
  const starts = createStarts(() => 0);
  await starts.question();
  await nextRound();
  await nextRound();
  await expect(Promise.all([starts.answer(), starts.question()])).resolves.toHaveLength(2);
});
