import { RunId } from "@vaultdesk/shared/id.ts";
import {
  CALENDAR_EVENTS,
  CALENDAR_FREEBUSY,
  GMAIL_COMPOSE,
  GMAIL_MODIFY,
} from "@vaultdesk/shared/scope.ts";
import { expect, test } from "vitest";

import type { Item } from "../item.ts";
import { neededScopes } from "./needed-scopes.ts";

const run = (digit: string) => RunId.parse(`run_${digit.repeat(32)}`);

function question(digit: string, refused: readonly string[]): Item[] {
  const runId = run(digit);
  return [
    { kind: "user", key: `user:${digit}`, runId, text: "When am I free?", threadId: undefined },
    {
      kind: "step",
      key: `step:${digit}`,
      runId,
      tool: "check_calendar",
      title: "",
      state: "failed",
      summary: "",
      details: [],
      missing: refused,
    },
  ];
}

const LATER = [GMAIL_MODIFY, CALENDAR_EVENTS, CALENDAR_FREEBUSY];

test("nothing is asked for before it is needed", () => {
  expect(neededScopes(LATER, [])).toEqual([]);
  expect(neededScopes(LATER, question("1", []))).toEqual([]);
});

test("what drafting needs is asked for at once", () => {
  expect(neededScopes([GMAIL_COMPOSE, ...LATER], [])).toEqual([GMAIL_COMPOSE]);
});

test("a refused question asks for exactly what it was refused for, until it is granted or another is asked", () => {
  const refused = question("1", [CALENDAR_EVENTS]);
  expect(neededScopes(LATER, refused)).toEqual([CALENDAR_EVENTS]);
  expect(neededScopes([GMAIL_MODIFY], refused)).toEqual([]);
  expect(neededScopes(LATER, [...refused, ...question("2", [])])).toEqual([]);
});
