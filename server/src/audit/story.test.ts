import { expect, test } from "vitest";

import type { AuditEntry } from "./append.ts";
import { each, exported, first, LAWFUL, move, second, signer } from "./testing.ts";
import { verify } from "./verify.ts";

function restored(from: string): AuditEntry {
  const entry = move(second, from, "unknown");
  return { ...entry, facts: { ...entry.facts, restored: 1 } };
}

test("a restore takes any open approval to unknown, and the phone may be asked again", async () => {
  const told = await exported([
    ...LAWFUL.slice(0, 3),
    { kind: "store.restored", sub: "", facts: { seq: 3 } },
    restored("proposed"),
    move(second, "unknown", "proposed"),
  ]);
  expect(await verify(each(told), signer.publicKey)).toMatchObject({ ok: true });
});

test.each<[string, AuditEntry[], string]>([
  [
    "an open approval that is lost without a restore",
    [move(second, "none", "proposed"), move(second, "proposed", "unknown")],
    "unlawful_move",
  ],
  [
    "an ended approval that a restore opens",
    [
      move(second, "none", "proposed"),
      move(second, "proposed", "cancelled"),
      restored("cancelled"),
    ],
    "moved_after_end",
  ],
  [
    "a move that the server never makes",
    [move(second, "none", "proposed"), move(second, "proposed", "executing")],
    "unlawful_move",
  ],
  ["an approval that begins as approved", [move(second, "none", "approved")], "unlawful_move"],
  ["an approval that nobody proposed", [move(second, "waiting", "approved")], "not_joined"],
  [
    "a move from where it was not",
    [move(second, "none", "proposed"), move(second, "waiting", "approved")],
    "not_joined",
  ],
  [
    "an approval proposed twice",
    [move(second, "none", "proposed"), move(second, "none", "proposed")],
    "not_joined",
  ],
  [
    "an ended approval that moves",
    [
      move(second, "none", "proposed"),
      move(second, "proposed", "cancelled"),
      move(second, "cancelled", "waiting"),
    ],
    "moved_after_end",
  ],
  ["a state that does not exist", [move(second, "none", "sent")], "entry"],
])("%s is found in a signed chain", async (_, entries, reason) => {
  const before = LAWFUL.filter((entry) => entry.approvalId === first);
  const told = await exported([...before, ...entries]);
  expect(await verify(each(told), signer.publicKey)).toMatchObject({
    ok: false,
    seq: before.length + entries.length,
    fault: { reason },
  });
});
