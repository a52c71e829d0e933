import { ThreadId } from "@vaultdesk/shared/id.ts";
import { expect, test } from "vitest";

import { cautionsOf } from "./words.ts";

test("what the table can't vouch for is said, and nothing where it can", () => {
  const terms = {
    threadId: ThreadId.parse("189af729deca2ec0"),
    terms: [],
    leftOut: [],
    notRead: 0,
  };
  expect(cautionsOf(terms)).toEqual([]);
  expect(cautionsOf({ ...terms, leftOut: ["Price", "Cap"], notRead: 1 })).toEqual([
    "Left out, because the words given for it are not in the mail: Price, Cap.",
    "1 message of this thread was not read for this. A newer word may stand there.",
  ]);
});
