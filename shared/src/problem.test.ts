/** Every failure says three things: what happened, what did not, what to press. */
import { describe, expect, test } from "vitest";

import { ApprovalState, endingOf, isOpen, secondEndingOf } from "./approval.ts";
import { problem, ProblemCode, sentence } from "./problem.ts";

const SENTENCE = /^[A-Z][^!]*\.$/;
const JARGON =
  /\b(?:oops|sorry|error|exception|token|null|undefined|invalid|HTTP|JSON|API|CIBA|OAuth|AI|magic)\b/i;
const NOT_DONE = /\b(?:nothing|no|not|none|kept)\b/i;
/** Something to do, not one more thing that is so. */
const PRESS = /^(?!(?:A|An|I|It|No|Not|Nothing|That|The|There|They|This|We|You|Your)\b)/;

describe.each(ProblemCode.options)("%s", (code) => {
  const { happened, notDone, press } = problem(code);
  test("says what happened, what did not, and what to press", () => {
    expect(happened).toMatch(SENTENCE);
    expect(notDone).toMatch(SENTENCE);
    expect(notDone).toMatch(NOT_DONE);
    expect(press).toMatch(SENTENCE);
    expect(press).toMatch(PRESS);
    expect(new Set([happened, notDone, press]).size).toBe(3);
  });
  test("speaks to people", () => {
    expect(sentence(problem(code))).not.toMatch(JARGON);
  });
});

const KINDS = [
  "email.send",
  "event.create",
  "event.update",
  "event.cancel",
  "mail.label",
  "mail.trash",
  "mail.untrash",
] as const;
const ENDED = ApprovalState.options.filter((state) => !isOpen(state) && state !== "executed");

describe.each(ENDED)("a request that is %s", (state) => {
  test.each(KINDS)("says of %s what did not happen", (kind) => {
    const words = endingOf(state, "", { sent: 0, of: 1 }, kind);
    expect(words).toMatch(SENTENCE);
    expect(words).toMatch(NOT_DONE);
    expect(words).not.toMatch(JARGON);
  });

  test.each(KINDS)("says the same of %s to somebody else who was asked", (kind) => {
    const words = secondEndingOf(state, "maya@northgate.example", "", kind);
    expect(words).toMatch(SENTENCE);
    expect(words).toMatch(NOT_DONE);
    expect(words).not.toMatch(JARGON);
  });
});
