import { ApprovalState } from "@vaultdesk/shared/approval.ts";
import { expect, test } from "vitest";

import { awaitsOthers, otherWords } from "./eyes-words.ts";

const other = (state: ApprovalState) => ({
  who: "lea@northgate.example",
  role: "lead" as const,
  why: "",
  state,
});
const view = (state: ApprovalState, others?: readonly ApprovalState[]) => {
  return { state, ...(others === undefined ? {} : { others: others.map(other) }) };
};

test("who has said yes is solid, and nobody else is", () => {
  const solid = ApprovalState.options.filter(
    (state) => otherWords(other(state), view("waiting")).solid,
  );
  expect(solid).toEqual(["approved", "executing", "executed", "drifted", "unknown"]);
});

test("whose own answer did not fit is told from who approved what then failed", () => {
  expect(otherWords(other("failed"), view("cancelled")).title).toBe("Not valid");
  expect(otherWords(other("failed"), view("failed")).title).toBe("Approved");
});

test.each<[string, ReturnType<typeof view>, boolean]>([
  ["nobody else is asked", view("approved"), false],
  ["one of two has not answered", view("approved", ["approved", "waiting"]), true],
  ["all have said yes", view("approved", ["approved", "approved"]), false],
  ["the requester has not answered", view("waiting", ["approved"]), false],
])("others are waited for: %s", (_, approval, waits) => {
  expect(awaitsOthers(approval)).toBe(waits);
});
