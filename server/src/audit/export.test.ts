import { newId } from "@vaultdesk/shared/id.ts";
import { expect, test } from "vitest";

import { each, exported, LAWFUL, MASTER_KEY, move, NOW } from "./testing.ts";
import { verify } from "./verify.ts";

test("a server that has recorded nothing says so in a signed export", async () => {
  const head = { seq: 0, hash: "0".repeat(64), at: NOW };
  expect(await verify(each(await exported([])))).toMatchObject({ ok: true, rows: 0, head });
});

test("an older export's rows are the first rows of a newer one, byte for byte", async () => {
  const older = await exported(LAWFUL.slice(0, 5));
  const newer = await exported(LAWFUL);
  expect(newer.slice(0, 6)).toEqual(older.slice(0, 6));
});

test("the master key is not in an export", async () => {
  const text = (await exported(LAWFUL)).join("\n");
  for (const encoding of ["hex", "base64", "base64url"] as const) {
    expect(text).not.toContain(MASTER_KEY.toString(encoding));
  }
});

test("an export of many pages holds", async () => {
  const moves = Array.from({ length: 1001 }, () => newId("apr")).flatMap((id) => [
    move(id, "none", "proposed"),
    move(id, "proposed", "cancelled"),
  ]);
  expect(await verify(each(await exported(moves)))).toMatchObject({ ok: true, rows: 2002 });
});
