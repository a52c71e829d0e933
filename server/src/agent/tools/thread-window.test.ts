import { array, assert, nat, property } from "fast-check";
import { expect, test } from "vitest";

import { partsNote, windowOf } from "./thread-window.ts";

test.each<[number[], number | undefined, [number, number]]>([
  [[10, 10, 10], undefined, [0, 3]],
  [[50, 60, 40], undefined, [1, 3]],
  [[50, 60, 140], undefined, [2, 3]],
  [[50, 60, 40], 1, [0, 1]],
  [[40, 60, 40], 1, [0, 2]],
  [[50, 60, 40], 2, [1, 3]],
  [[150, 60, 40], 1, [0, 1]],
  [[10, 10], 9, [1, 2]],
  [[], undefined, [0, 0]],
])("of %j from %s, %j is shown", (lengths, from, [start, end]) => {
  expect(windowOf(lengths, 100, from)).toEqual({ start, end });
});

test("asking on from each end shows every message once", () => {
  assert(
    property(array(nat(120), { minLength: 1, maxLength: 60 }), (lengths) => {
      const seen: number[] = [];
      for (let from = 1; from <= lengths.length;) {
        const { start, end } = windowOf(lengths, 100, from);
        for (let index = start; index < end; index += 1) seen.push(index);
        from = end + 1;
      }
      expect(seen).toEqual(lengths.map((_, index) => index));
    }),
  );
});

test("the note names what is not shown, and how to ask for it", () => {
  expect(partsNote({ start: 0, end: 3 }, 3)).toEqual({});
  expect(partsNote({ start: 140, end: 200 }, 200)).toEqual({
    shown: "messages 141 to 200 of 200",
    earlier: "1 to 140: ask again with from_message, for example 1",
  });
  expect(partsNote({ start: 0, end: 1 }, 2)).toEqual({
    shown: "message 1 of 2",
    later: "2 to 2: ask again with from_message 2",
  });
});
