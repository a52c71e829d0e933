import { Kysely, sql } from "kysely";
import { expect, test } from "vitest";

import { sqliteDialect } from "./sqlite.ts";

interface Rows {
  notes: { id: number; text: string; more?: string };
}

async function store(rows: number): Promise<Kysely<Rows>> {
  const db = new Kysely<Rows>({ dialect: sqliteDialect(":memory:") });
  await sql`create table notes (id integer primary key, text text not null)`.execute(db);
  for (let id = 1; id <= rows; id += 1) {
    await db
      .insertInto("notes")
      .values({ id, text: `note ${id}` })
      .execute();
  }
  return db;
}

test("a statement that is asked again answers with its new values and what changed since", async () => {
  const db = await store(2);
  const text = (id: number) =>
    db.selectFrom("notes").selectAll().where("id", "=", id).executeTakeFirst();
  expect(await text(1)).toEqual({ id: 1, text: "note 1" });
  expect(await text(2)).toEqual({ id: 2, text: "note 2" });
  await sql`alter table notes add column more text default 'new'`.execute(db);
  expect(await text(1)).toEqual({ id: 1, text: "note 1", more: "new" });
});

test("one that failed can be asked again", async () => {
  const db = await store(1);
  const add = (id: number) => db.insertInto("notes").values({ id, text: "x" }).execute();
  await expect(add(1)).rejects.toThrow("UNIQUE");
  await add(2);
  await expect(add(2)).rejects.toThrow("UNIQUE");
});

test("more different statements than stay prepared all answer, and the first again", async () => {
  const db = await store(1);
  const first = () => db.selectFrom("notes").select("text").executeTakeFirst();
  await first();
  for (let length = 1; length <= 300; length += 1) {
    const ids = Array.from({ length }, (_, at) => at + 1);
    expect(await db.selectFrom("notes").select("id").where("id", "in", ids).execute()).toHaveLength(
      1,
    );
  }
  expect(await first()).toEqual({ text: "note 1" });
});
