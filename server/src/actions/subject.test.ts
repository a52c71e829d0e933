import { expect, test } from "vitest";

import { bareSubject, forwardSubject, replySubject } from "./subject.ts";

test.each([
  ["Falcon", "Re: Falcon"],
  ["re: Falcon", "re: Falcon"],
  ["AW: Falcon", "AW: Falcon"],
  ["Antw: Falcon", "Antw: Falcon"],
  ["SV: Falcon", "SV: Falcon"],
  ["RE[2]: Falcon", "RE[2]: Falcon"],
  ["回复：Falcon", "回复：Falcon"],
  ["WG: Falcon", "Re: WG: Falcon"],
  ["Reminder: Falcon", "Re: Reminder: Falcon"],
  ["", "Re:"],
])("the reply to %j is %j", (subject, wanted) => {
  expect(replySubject(subject)).toBe(wanted);
});

test.each([
  ["Falcon", "Fwd: Falcon"],
  ["WG: Falcon", "Fwd: Falcon"],
  ["RV: Falcon", "Fwd: Falcon"],
  ["Re: AW: Fw: Falcon", "Fwd: Falcon"],
])("the forward of %j is %j", (subject, wanted) => {
  expect(forwardSubject(subject)).toBe(wanted);
});

test("a subject of nothing but marks is bare", () => {
  expect(bareSubject("Re: AW: ")).toBe("");
});
