import { assert, constantFrom, array, property, string } from "fast-check";
import { expect, test } from "vitest";

import { figuresIn, found, sound } from "./verbatim.ts";

const MAIL = `Dear Maya,

We can do EUR 110 million at closing and EUR 8 million
deferred\u2014not more\u2014and Jürgen\u2019s \u201cfinal\u201d word is 30 days.`;

test.each<[string, string | undefined]>([
  ["EUR 110 million at closing", "EUR 110 million at closing"],
  ["we can do  EUR 110 million", "We can do EUR 110 million"],
  ["EUR 8 million deferred", "EUR 8 million deferred"],
  ["“We can do EUR 110 million…", "We can do EUR 110 million"],
  ['Jürgen\'s "final" word', "Jürgen’s “final” word"],
  ["deferred-not more-and", "deferred—not more—and"],
  ["EUR 111 million at closing", undefined],
  ["EUR 110 million … 30 days", undefined],
  ["EUR.110 million", undefined],
  ["(EUR 110", undefined],
  ["…", undefined],
  ["", undefined],
])("%s is found as %s", (quote, there) => {
  expect(found(quote, MAIL)).toBe(there);
});

test("any stretch of whole words is found, however its white space was folded", () => {
  const words = array(string({ minLength: 1 }), { minLength: 1, maxLength: 12 });
  assert(
    property(words, array(constantFrom(" ", "\n", "\t ", "\u00a0")), (raw, spaces) => {
      const all = raw.flatMap((word) => word.split(/\s+/)).filter((word) => /^\p{L}+$/u.test(word));
      const text = all.map((word, at) => `${word}${spaces[at] ?? " "}`).join("");
      expect(found(all.join(" "), text)).toBe(all.length === 0 ? undefined : all.join(" "));
    }),
  );
});

test("a text sounds the same without its marks, and never ends inside a word", () => {
  expect(sound("**Ana** wrote: “21 days, not 30”")).toBe(" ana wrote 21 days not 30 ");
  expect(sound("not 300").includes(sound("not 30"))).toBe(false);
});

test.each<[string, string[]]>([
  ["EUR 118,000,000", ["118000000"]],
  ["3.1 million, 7,5 %", ["3.1", "7.5"]],
  ["on 07 November at 16:48", ["7", "16", "48"]],
  ["no figure", []],
])("the figures of %s are %j", (text, figures) => {
  expect(figuresIn(text)).toEqual(figures);
});
