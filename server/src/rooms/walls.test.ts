/**
 * The law of walls: for any rooms, members, mailboxes, calendars and questions, what is answered is what would be answered if the threads and
 * events of the rooms on the other side were not in them. `BARRIER_RUNS` in the environment asks for more cases than a test run needs.
 */
import {
  type Arbitrary,
  array,
  assert,
  asyncProperty,
  boolean,
  check,
  constantFrom,
  integer,
  nat,
  option,
  record,
  uniqueArray,
} from "fast-check";
import { gaxios } from "google-auth-library";
import { expect, test } from "vitest";

import { answers, type Question, type Through, WHATS } from "./walled-questions.ts";
import { barredThreads, CANARY, type Case, worldOf } from "./walled-world.ts";

// oxlint-disable-next-line no-restricted-properties
const numRuns = Number(process.env["BARRIER_RUNS"] ?? 300);

const small = (max: number) => nat({ max });
/** One's own room and one on the other side: a case without a wall says little. */
const ACROSS = [
  { wall: 0, side: 0, mine: true },
  { wall: 0, side: 1, mine: false },
];
type Asked = Case & { questions: Question[] };
const cases: Arbitrary<Asked> = record({
  rooms: array(
    record({
      wall: option(small(1), { nil: undefined }),
      side: small(1),
      mine: boolean(),
    }),
    {
      maxLength: 3,
    },
  ).map((more) => [...ACROSS, ...more]),
  threads: array(
    record({
      rooms: uniqueArray(small(4), { maxLength: 2 }),
      linked: integer({ min: 1, max: 2 }),
      messages: array(
        record({
          as: constantFrom("received", "received", "sent", "draft"),
          refers: boolean(),
          file: boolean(),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  events: array(record({ rooms: uniqueArray(small(4), { maxLength: 2 }), copy: boolean() }), {
    maxLength: 4,
  }),
  questions: array(
    record({
      what: constantFrom(...WHATS),
      thread: small(4),
      message: small(2),
      max: integer({ min: 1, max: 3 }),
      skip: small(2),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

/** Whether the answers of a mailbox and of one without what is barred differ, or tell what is barred. */
async function tells(one: Asked, through?: Through): Promise<boolean> {
  const world = await worldOf(one);
  const said = await answers(world, world.whole, one.questions, through);
  const wanted = await answers(world, world.without, one.questions, through);
  return said !== wanted || said.includes(CANARY);
}

test(
  "no answer depends on a thread or an event of a room across a wall",
  { timeout: 900_000 },
  async () => {
    let barred = 0;
    await assert(
      asyncProperty(cases, async (one) => {
        if (barredThreads(one).size > 0) barred += 1;
        expect(await tells(one)).toBe(false);
      }),
      { numRuns },
    );
    // The cases are about something.
    expect(barred).toBeGreaterThan(numRuns / 5);
  },
);

/** Requests for these addresses go past the wall. */
const past =
  (leak: RegExp): Through =>
  (walled, plain) =>
    new (class extends gaxios.Gaxios {
      override request<T>(options: gaxios.GaxiosOptions = {}): gaxios.GaxiosPromise<T> {
        const { pathname } = new URL(String(options.url));
        return (leak.test(pathname) ? plain : walled).request<T>(options);
      }
    })();

test.each([
  ["a search with its snippets", /\/messages(?:\/[^/]+)?$/],
  ["the count of a search", /\/messages$/],
  ["a message by its id, its files with it", /\/messages\/[^/]+/],
  ["a thread", /\/threads\/[^/]+$/],
  ["a draft", /\/drafts\/[^/]+$/],
  ["a calendar's list", /\/events$/],
  ["an event by its id", /\/events\/[^/]+$/],
])("a leak is found: %s", { timeout: 900_000 }, async (_, leak) => {
  // Asked until it shows: the rarest, a draft, tells in about one case of seventy, so that 300 cases miss it once in seventy runs.
  const found = await check(
    asyncProperty(cases, async (one) => !(await tells(one, past(leak)))),
    { numRuns: 10_000, endOnFailure: true },
  );
  expect(found.failed).toBe(true);
});
