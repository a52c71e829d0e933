import { assert, asyncProperty, integer, nat } from "fast-check";
import { expect, test } from "vitest";

import { CSV_COLUMNS, csvOf, fromCsv } from "./csv.ts";
import { linesOf } from "./lines.ts";
import { each, exported, first, LAWFUL, move } from "./testing.ts";
import { verify } from "./verify.ts";

async function tableOf(lines: readonly string[]): Promise<string[]> {
  const records: string[] = [];
  for await (const record of csvOf(each(lines))) records.push(record);
  return records;
}

async function back(text: string | Uint8Array): Promise<string[]> {
  const lines: string[] = [];
  async function* bytes() {
    yield typeof text === "string" ? Buffer.from(text) : text;
  }
  for await (const line of fromCsv(linesOf(bytes()))) lines.push(line);
  return lines;
}

const textOf = (records: readonly string[]) => records.map((record) => `${record}\r\n`).join("");

test("a table holds every line of the export it was made of", async () => {
  const lines = await exported(LAWFUL);
  const table = await tableOf(lines);
  expect(table[0]).toBe(CSV_COLUMNS);
  expect(await back(textOf(table))).toEqual(lines);
  // What is no table goes through as it is.
  expect(await back(lines.join("\n"))).toEqual(lines);
});

test("what a spreadsheet would compute is text, quotes and commas stay in their cell", async () => {
  const formula = '=HYPERLINK("https://evil.example","a")';
  const { facts, ...rest } = move(first, "none", "proposed");
  const entry = { ...rest, sub: "@SUM(1)", facts: { ...facts, approver: formula, digest: "-1" } };
  const lines = await exported([entry]);
  const table = await tableOf(lines);
  expect(table[2]).toContain(`,'-1,"'=HYPERLINK(""https://evil.example"",""a"")",`);
  expect(table[2]).toContain(",'@SUM(1),");
  expect(await back(textOf(table))).toEqual(lines);
});

test("any byte of a table, changed to any other, is found", async () => {
  const file = Buffer.from(textOf(await tableOf(await exported(LAWFUL))));
  expect(await verify(each(await back(file)))).toMatchObject({ ok: true });
  await assert(
    asyncProperty(nat(file.length - 2), integer({ min: 1, max: 255 }), async (place, flip) => {
      const changed = Uint8Array.from(file);
      changed[place] = (changed[place] ?? 0) ^ flip;
      expect(await verify(each(await back(changed)))).toMatchObject({ ok: false });
    }),
    { numRuns: 300 },
  );
});
