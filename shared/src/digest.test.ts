import { assert, jsonValue, property } from "fast-check";
import { expect, test } from "vitest";

import { canonicalJson, codeOf, digestOf } from "./digest.ts";
import { parseJson } from "./json.ts";

test("the order of keys never changes a digest, the order of a list does", async () => {
  expect(await digestOf({ b: 1, a: [1, 2] })).toBe(await digestOf({ a: [1, 2], b: 1 }));
  expect(await digestOf([1, 2])).not.toBe(await digestOf([2, 1]));
});

test("canonical JSON reads back as the same value", () => {
  assert(
    property(jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(parseJson(text))).toBe(text);
    }),
  );
});

test("a code names one push: the same content asked again shows another", async () => {
  const digest = await digestOf({ kind: "email.send" });
  const first = await codeOf(digest, "apr_1");
  expect(first).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(await codeOf(digest, "apr_1")).toBe(first);
  expect(await codeOf(digest, "apr_2")).not.toBe(first);
});
