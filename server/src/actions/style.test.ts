import { expect, test } from "vitest";

import { ownText } from "./own-text.ts";
import { styleOf } from "./style.ts";

test.each([
  [
    "Gmail's quote",
    "Fine by me.\n\nOn Fri, 20 Nov 2026 at 09:00, Ana Ruiz <a@x.example>\nwrote:\n> Two points.",
  ],
  [
    "a German quote",
    "Fine by me.\n\nAm Fr., 20. Nov. 2026 um 09:00 Uhr schrieb Ana Ruiz <a@x.example>:\n> Zwei Punkte.",
  ],
  ["a forward", "Fine by me.\n\n---------- Forwarded message ---------\nFrom: Ana\n\nSecret"],
  ["Outlook's head", "Fine by me.\n\nFrom: Ana Ruiz\nSent: Friday\nTo: Maya\n\nSecret"],
  ["a signature", "Fine by me.\n\n-- \nMaya Field\nNorthgate"],
  ["a known signature", "Fine by me.\n\nMaya Field, Northgate"],
  ["nothing", "Fine by me."],
])("own text ends before %s", (_, text) => {
  expect(ownText(text, ["Maya Field, Northgate"])).toBe("Fine by me.");
});

test("a mail that only forwards has no own text, and a long one is cut at 1,200 characters", () => {
  expect(ownText("---------- Forwarded message ---------\nFrom: Ana", [])).toBe("");
  expect(ownText("a".repeat(5000), [])).toHaveLength(1200);
});

test("the usual greeting and sign-off are counted, the name is left open", () => {
  const facts = styleOf([
    "Hey Tom,\n\nthe model is done.\n\nCheers,\nM",
    "Hey Ana,\n\nTuesday works for me and you.\n\nCheers,\nM",
    "Dear Ana,\n\nThank you.\n\nKind regards,\nMaya",
  ]);
  expect(facts).toEqual({
    greeting: "Hey {name},",
    signOff: "Cheers,\nM",
    medianWords: 8,
    language: "en",
    address: "informal",
  });
});

test.each([
  [
    "Sehr geehrter Herr Voss,\n\nkönnen Sie uns die Unterlagen schicken?\n\nMit freundlichen Grüßen\nMaya",
    "formal",
  ],
  ["Hallo Jürgen,\n\nkannst du uns die Unterlagen schicken?\n\nViele Grüße\nMaya", "informal"],
])("German says which form of address it takes: %j", (text, address) => {
  expect(styleOf([text])).toMatchObject({ language: "de", address });
});

test("without samples nothing is claimed", () => {
  expect(styleOf([])).toEqual({
    greeting: undefined,
    signOff: undefined,
    medianWords: 0,
    language: undefined,
    address: undefined,
  });
});
