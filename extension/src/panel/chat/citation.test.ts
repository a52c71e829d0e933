import { describe, expect, test } from "vitest";

import { CITE, plainCitations, withCitations } from "./citation.ts";

const one = "[msg:19d847db53731d21]";
const two = "[msg:19d847db53731d22]";

describe("citations", () => {
  test("are numbered by message, the first cited first", () => {
    expect(withCitations(`a ${two} b ${one} c ${two}`, false)).toBe(
      `a [1](${CITE}19d847db53731d22) b [2](${CITE}19d847db53731d21) c [1](${CITE}19d847db53731d22)`,
    );
  });
  test.each(["[msg:XYZ]", "[msg:]", "[msg:19d8 47]", "msg:19d847db53731d21"])(
    "%s is left as text",
    (text) => {
      expect(withCitations(text, false)).toBe(text);
    },
  );
  test.each(["[", "[m", "[msg", "[msg:", "[msg:19d847"])(
    "%s at the end is held back while it arrives",
    (tail) => {
      expect(withCitations(`See ${tail}`, true)).toBe("See ");
      expect(withCitations(`See ${tail}`, false)).toBe(`See ${tail}`);
    },
  );
});

test("on the clipboard a citation is its number", () => {
  expect(plainCitations("Open [msg:19d847db53731d21], agreed [msg:19d847db53731d22].")).toBe(
    "Open [1], agreed [2].",
  );
});
