import { problem, ProblemCode } from "@vaultdesk/shared/problem.ts";
import { expect, test } from "vitest";

import { remedyOf } from "./remedy.ts";

const WITH_BUTTON = ProblemCode.options.filter((code) => remedyOf(code) !== undefined);

test.each(WITH_BUTTON)("what %s says to press is what its button says", (code) => {
  const label = remedyOf(code)?.label ?? "";
  const { press } = problem(code);
  expect(press.toLowerCase()).toMatch(
    label === "Try again" ? /(?:try|ask) again/ : label.toLowerCase(),
  );
});
