import { assert, asyncProperty, integer, nat } from "fast-check";
import { expect, test } from "vitest";

import { linesOf } from "./lines.ts";
import { exported, LAWFUL } from "./testing.ts";
import { verify } from "./verify.ts";

/** In pieces, so that lines and characters are cut across reads. */
async function* pieces(file: Uint8Array) {
  for (let i = 0; i < file.length; i += 97) yield file.subarray(i, i + 97);
}

async function linesIn(file: Uint8Array): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(pieces(file))) lines.push(line);
  return lines;
}

test("an export's bytes are the lines it was written as", async () => {
  const lines = await exported(LAWFUL);
  expect(await linesIn(Buffer.from(`${lines.join("\n")}\n`))).toEqual(lines);
});

test("bytes that are not UTF-8 come out as a line that is no row", async () => {
  expect(await linesIn(Buffer.from([0x61, 0x0a, 0xff, 0x0a, 0x62]))).toEqual(["a", "", "b"]);
});

test("a file without line ends is given up after a megabyte", async () => {
  expect(await linesIn(Buffer.alloc(1_100_000, "a"))).toEqual([""]);
});

test("any one byte of a file, changed to any other, is found", async () => {
  const file = Buffer.from(`${(await exported(LAWFUL)).join("\n")}\n`);
  expect(await verify(linesOf(pieces(file)))).toMatchObject({ ok: true });
  await assert(
    asyncProperty(
      // All but the last byte: it ends the last line and carries nothing.
      nat(file.length - 2),
      integer({ min: 1, max: 255 }),
      async (place, flip) => {
        const changed = Uint8Array.from(file);
        changed[place] = (changed[place] ?? 0) ^ flip;
        expect(await verify(linesOf(pieces(changed)))).toMatchObject({ ok: false });
      },
    ),
    { numRuns: 1000 },
  );
});
