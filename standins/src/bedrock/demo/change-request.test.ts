import { expect, test } from "vitest";

import { readChange } from "./change-request.ts";

test.each([
  ["Make it shorter", { kind: "shorter" }],
  ["please make the draft a bit more concise.", { kind: "shorter" }],
  ["Shorten it", { kind: "shorter" }],
  ["Add that we need it by Friday", { kind: "add", text: "we need it by Friday" }],
  ["and mention also that Tom joins", { kind: "add", text: "Tom joins" }],
  ["Attach the signed NDA from Ana's mail", { kind: "attach", words: "signed NDA", person: "Ana" }],
  ["Attach nda.pdf", { kind: "attach", words: "nda.pdf" }],
  ["Add Tom to the call", undefined],
  ["What is attached?", undefined],
  ["Draft a reply saying that it is shorter", undefined],
])("%s", (request, wanted) => {
  expect(readChange(request)).toEqual(wanted);
});
