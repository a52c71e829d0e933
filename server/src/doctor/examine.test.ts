import { setTimeout as sleep } from "node:timers/promises";

import { expect, test } from "vitest";

import { examine } from "./examine.ts";
import { ok } from "./finding.ts";
import { report } from "./report.ts";

test("a check that breaks or hangs is a finding of its own, and spoils no other", async () => {
  const findings = await examine(
    [
      { id: "good", look: () => Promise.resolve([ok("good", "Fine.")]) },
      { id: "broken", look: () => Promise.reject(new Error("postgres://u:s3cret@host/db")) },
      { id: "slow", look: () => sleep(60_000, []) },
    ],
    50,
  );
  expect(findings.map(({ id, severity }) => `${id} ${severity}`)).toEqual([
    "good ok",
    "broken fail",
    "slow fail",
  ]);
  const { exit, answer } = report(findings, false);
  expect(exit).toBe(1);
  expect(answer?.join("\n")).not.toContain("s3cret");
  expect(answer?.at(-1)).toBe("1 ok, 0 to watch, 2 failed, 0 not looked at");
});
