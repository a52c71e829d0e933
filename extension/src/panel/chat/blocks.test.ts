import * as fc from "fast-check";
import { expect, test } from "vitest";

import { blocksOf } from "./blocks.ts";

const part = fc.constantFrom(
  "A sentence.",
  "\n",
  "\n\n",
  "- item",
  "  more of it",
  "1. one",
  "```",
  "````\n",
  "~~~",
  "# Title",
  "> said",
  "| a | b |\n|---|---|\n",
  " ",
);
const markdown = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(""));

test("the blocks are the text", () => {
  fc.assert(
    fc.property(markdown, (text) => {
      expect(blocksOf(text).join("")).toBe(text);
    }),
  );
});

test("what stands before the last block does not change when more arrives", () => {
  fc.assert(
    fc.property(markdown, markdown, (text, more) => {
      const before = blocksOf(text).slice(0, -1);
      expect(blocksOf(text + more).slice(0, before.length)).toEqual(before);
    }),
  );
});

test.each([
  ["two paragraphs", "One.\n\nTwo.", 2],
  ["a list with air in it", "- one\n\n- two\n\n  more\n", 1],
  ["code with an empty line", "```\na\n\nb\n```\n\nAfter", 2],
  ["a table after its title", "## Terms\n\n| a |\n|---|\n| b |\n", 2],
  ["links that are named below", "See [a].\n\nMore.\n\n[a]: https://x.example", 1],
])("%s", (_name, text, count) => {
  expect(blocksOf(text)).toHaveLength(count);
});

test("two thousand words cost each paragraph once, and the last one again", () => {
  const words = Array.from({ length: 2000 }, (_, at) => (at % 40 === 39 ? "end.\n\n" : "word "));
  const read = new Map<string, number>();
  let text = "";
  for (const word of words) {
    text += word;
    for (const block of blocksOf(text)) read.set(block, (read.get(block) ?? 0) + 1);
  }
  // A block that was read before is not read again: it is kept under its text.
  const lettersRead = [...read.keys()].reduce((sum, block) => sum + block.length, 0);
  expect(lettersRead).toBeLessThan(25 * text.length);
});
