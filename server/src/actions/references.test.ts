import { expect, test } from "vitest";

import { referencesTo } from "./references.ts";

const parent = { messageId: "<c@x>", references: "<a@x>\r\n <b@x>", inReplyTo: "<b@x>" };

test("the references are the parent's and the parent, once each", () => {
  expect(referencesTo(parent)).toEqual({ inReplyTo: "<c@x>", references: "<a@x> <b@x> <c@x>" });
});

test("without References the parent's one In-Reply-To stands for them, two don't", () => {
  const bare = { ...parent, references: "" };
  expect(referencesTo(bare)?.references).toBe("<b@x> <c@x>");
  expect(referencesTo({ ...bare, inReplyTo: "<a@x> <b@x>" })?.references).toBe("<c@x>");
});

test("a long list keeps its first and its last", () => {
  const many = Array.from({ length: 200 }, (_, index) => `<${index}@x>`);
  const ids = referencesTo({ ...parent, references: many.join(" ") })?.references.split(" ");
  expect(ids).toHaveLength(30);
  expect(ids?.slice(0, 2)).toEqual(["<0@x>", "<172@x>"]);
  expect(ids?.at(-1)).toBe("<c@x>");
});

test("a parent without a Message-ID is referred to by nothing", () => {
  expect(referencesTo({ ...parent, messageId: "" })).toBeUndefined();
});
