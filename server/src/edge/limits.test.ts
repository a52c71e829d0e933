import { EVENTS_PATH, routes } from "@vaultdesk/shared/api.ts";
import { array, assert, integer, property } from "fast-check";
import { describe, expect, test } from "vitest";

import { createLimiter, createLimits, kindOf, STREAMS_OPEN } from "./limits.ts";

describe("a bucket", () => {
  test("gives its burst, then as much as a second brings, and says when there is more", () => {
    let now = 0;
    const take = createLimiter({ perSecond: 2, burst: 3 }, () => now);
    expect([take("maya"), take("maya"), take("maya")]).toEqual([0, 0, 0]);
    expect(take("maya")).toBe(500);
    expect(take("ana")).toBe(0);
    now = 500;
    expect(take("maya")).toBe(0);
    expect(take("maya")).toBe(500);
  });

  test("asking in vain costs nothing: who waits as told is let in", () => {
    assert(
      property(
        integer({ min: 1, max: 50 }),
        integer({ min: 1, max: 100 }),
        array(integer({ min: 0, max: 300 }), { maxLength: 200 }),
        (perSecond, burst, pauses) => {
          let now = 0;
          const take = createLimiter({ perSecond, burst }, () => now);
          let taken = 0;
          for (const pause of pauses) {
            now += pause;
            if (take("x") === 0) taken += 1;
          }
          expect(taken).toBeLessThanOrEqual(burst + (now / 1000) * perSecond + 1e-6);
          let wait = take("x");
          while (wait === 0) wait = take("x");
          now += wait + 1e-3;
          expect(take("x")).toBe(0);
        },
      ),
    );
  });

  test("a flood of new keys is let in and forgets old ones; one that is in use is kept", () => {
    const take = createLimiter({ perSecond: 1, burst: 2 }, () => 0, 100);
    const flood = (count: number) => {
      for (let key = 0; key < count; key += 1) take(`address ${key} of ${count}`);
    };
    expect([take("maya"), take("maya")]).toEqual([0, 0]);
    flood(99);
    expect(take("maya")).toBeGreaterThan(0);
    flood(98);
    expect(take("maya")).toBeGreaterThan(0);
    flood(100);
    expect(take("maya")).toBe(0);
  });
});

test("every route counts as its kind", () => {
  expect(kindOf("GET", EVENTS_PATH)).toBe("stream");
  expect(kindOf(routes.startRun.method, routes.startRun.path)).toBe("ask");
  expect(kindOf(routes.askApproval.method, routes.askApproval.path)).toBe("ask");
  expect(kindOf(routes.editDraft.method, routes.editDraft.path)).toBe("write");
  const changing = Object.values(routes).filter(({ method }) => method !== "GET");
  for (const { method, path } of changing) expect(kindOf(method, path)).not.toBe("read");
});

test("a person has so many streams, and one that is left makes room once", () => {
  const limits = createLimits(() => 0);
  const places = Array.from({ length: STREAMS_OPEN }, () => limits.stream("maya"));
  expect(places).not.toContain(undefined);
  expect(limits.stream("maya")).toBeUndefined();
  expect(limits.stream("ana")).toBeDefined();
  places[0]?.leave();
  places[0]?.leave();
  expect(limits.stream("maya")).toBeDefined();
  expect(limits.stream("maya")).toBeUndefined();
});

test("a person's streams take turns, another's does not wait for them, and one that breaks lets the next go on", async () => {
  const limits = createLimits(() => 0);
  const placeOf = (sub: string) => {
    const place = limits.stream(sub);
    if (place === undefined) throw new Error("no place");
    return place;
  };
  const [one, two, other] = [placeOf("maya"), placeOf("maya"), placeOf("ana")];
  const told: string[] = [];
  const slow = Promise.withResolvers<undefined>();
  const turns = [
    one.turn(() => slow.promise.then(() => told.push("one"))),
    two.turn(() => Promise.reject(new Error("broken"))).catch(() => told.push("two")),
    one.turn(() => Promise.resolve(told.push("one again"))),
    other.turn(() => Promise.resolve(told.push("other"))),
  ];
  await turns[3];
  expect(told).toEqual(["other"]);
  slow.resolve(undefined);
  await Promise.all(turns);
  expect(told).toEqual(["other", "one", "two", "one again"]);
});
