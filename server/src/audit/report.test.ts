import { expect, test } from "vitest";

import { readRow } from "./chain.ts";
import { reportPage } from "./report-page.ts";
import { createTally } from "./report.ts";
import { exported, first, LAWFUL, move, second } from "./testing.ts";

const rows = (lines: readonly string[]) => lines.flatMap((line) => readRow(line) ?? []);

test("a month counts what happened in it, by kind, by person, and why it was refused", async () => {
  const entries = [
    ...LAWFUL,
    move(second, "none", "expired"),
    {
      kind: "wish.refused" as const,
      sub: "auth0|<b>Zoë",
      facts: { kind: "email.send", reason: "denied_before", conversationId: "con_1" },
    },
  ];
  const tally = createTally("2026-10", (sub) => sub);
  for (const row of rows(await exported(entries))) tally.take(row);
  tally.take({
    at: "2026-11-01T00:00:00.000Z",
    entry: JSON.stringify(move(first, "none", "denied")),
  });
  tally.take({ at: "2026-10-01T00:00:00.000Z", entry: "not JSON" });
  const figures = tally.figures();
  const none = { denied: 0, drifted: 0, refused: 0 };
  expect(figures.rows).toBe(10);
  expect(figures.people).toEqual([
    { name: "auth0|<b>Zoë", ...none, asked: 0, approved: 0, expired: 0, executed: 0, refused: 1 },
    { name: "google-oauth2|1001", ...none, asked: 2, approved: 1, expired: 1, executed: 1 },
  ]);
  expect(figures.kinds[0]).toEqual(["Request: Written down, to be asked", 2]);
  expect(figures.reasons).toEqual([["it was denied before", 1]]);

  const facts = {
    month: "2026-10",
    madeAt: "now",
    verdict: ["ok: 10 rows"],
    sound: true,
    hashed: false,
  };
  const page = reportPage({ ...facts, figures });
  expect(page).toContain("auth0|&#60;b&#62;Zoë");
  expect(page).not.toMatch(/<script|<b>|https?:|url\(|src=/);
});
