import { array, assert, constantFrom, nat, property, string } from "fast-check";
import { expect, test } from "vitest";

import { createSentences, type Piece } from "./sentences.ts";

function pieces(...deltas: string[]): Piece[] {
  const sentences = createSentences();
  return [...deltas.flatMap((delta) => sentences.push(delta)), ...sentences.rest()];
}
const texts = (...deltas: string[]) => pieces(...deltas).map((piece) => piece.text);

test.each([
  ["sentences", ["One. ", "Two? ", "Three"]],
  ["lines", ["# Open\n", "- one\n", "- two\n", "\n", "Done."]],
  ["a citation after its full stop", ["Ana sent it. [msg:19d847] ", "I read it."]],
  ["another bracket", ["Ana sent it. ", "[1] says so."]],
  ["abbreviations", ["Mr. Ruiz and J. Field signed at Helio Inc. today. ", "Yes."]],
  ["a numbered line", ["1. One item. ", "Two."]],
  ["a quotation", ['Ana wrote: "It is signed. I sent it." ', "Good."]],
  ["a file and an amount", ["See nda.v2.pdf for 1.5 million. ", "Yes."]],
])("%s are kept whole", (_name, parts) => {
  expect(texts(parts.join(""))).toEqual(parts);
});

test("a sentence is told once the next begins, a line at its end", () => {
  const sentences = createSentences();
  expect(sentences.push("One. ")).toEqual([]);
  expect(sentences.push("T")).toMatchObject([{ text: "One. " }]);
  expect(sentences.push("wo\n")).toMatchObject([{ text: "Two\n" }]);
});

test("a text without an end is not held for long", () => {
  expect(texts("word ".repeat(200)).every((text) => text.length <= 410)).toBe(true);
  expect(texts("x".repeat(3000)).length).toBeGreaterThan(2);
});

test("a line knows the lines whose sentence it may go on with", () => {
  expect(pieces("I have\nsent it.\nYes.\n").map((piece) => piece.before)).toEqual([
    "",
    "I have\n",
    "",
  ]);
  expect(pieces("I have\n- sent it\n\nYes").map((piece) => piece.before)).toEqual([
    "",
    "",
    "- sent it\n",
    "",
  ]);
});

const token = constantFrom(
  ". ",
  "! ",
  "\n",
  " ",
  '"',
  "“",
  "”",
  "[",
  "[msg:",
  "]",
  "- ",
  "> ",
  "```",
  "Mr.",
  "1.",
  "I've ",
  "sent ",
  "Sent. ",
  "the mail",
  "x".repeat(150),
  "s\u200bent",
  "😀",
  "\t",
);

test("any split into deltas gives the same pieces, and joined they are the text", () => {
  const text = array(token, { maxLength: 40 }).map((tokens) => tokens.join(""));
  assert(
    property(text, array(nat(400)), string(), (words, at, noise) => {
      const whole = words + noise;
      const cuts = [0, ...at.map((one) => one % (whole.length + 1)), whole.length].toSorted(
        (a, b) => a - b,
      );
      const deltas = cuts.map((from, index) => whole.slice(from, cuts[index + 1] ?? whole.length));
      expect(pieces(...deltas)).toEqual(pieces(whole));
      expect(texts(...deltas).join("")).toBe(whole);
    }),
    { numRuns: 500 },
  );
});
