/** A step that an older process is let work on only adds (docs/storage.md). */
import { Kysely } from "kysely";
import { expect, test } from "vitest";

import { migrations, NEEDS_KEY } from "./migrations.ts";
import { sqliteDialect } from "./sqlite.ts";

const ADDS =
  /^(?:create table |create index |create unique index \S+ on \S+ \(.*\) where |insert into |alter table \S+ add column (?!.* not null(?! default)))/;

const RULE = "0008";

test.each([
  ["create table rooms (id text primary key)", true],
  ["alter table runs add column room_id text", true],
  ["alter table runs add column lease bigint not null default 0", true],
  ["alter table runs add column room_id text not null", false],
  ["alter table runs drop column lease_until", false],
  ["alter table runs rename to turns", false],
  ["update approvals set effect = 'x'", false],
  ["drop index approvals_due", false],
])("%s: %s", (step, adds) => {
  expect(ADDS.test(step)).toBe(adds);
});

test("every step of after the rule only adds, or says that it has to be known", async () => {
  const asked: { sql: string; parameters: readonly unknown[] }[] = [];
  const db = new Kysely<unknown>({
    dialect: sqliteDialect(":memory:"),
    log({ query }) {
      asked.push(query);
    },
  });
  const unlawful: string[] = [];
  for (const [name, step] of Object.entries(migrations("sqlite"))) {
    asked.length = 0;
    await step.up(db);
    const last = asked.at(-1);
    const known = last?.parameters[0] === NEEDS_KEY && String(last.parameters[1]) === name;
    const others = asked.filter(({ sql }) => !ADDS.test(sql)).map(({ sql }) => `${name}: ${sql}`);
    if (name >= RULE && !known) unlawful.push(...others);
  }
  expect(unlawful).toEqual([]);
  await db.destroy();
});
