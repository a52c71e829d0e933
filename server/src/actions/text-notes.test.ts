import { expect, test } from "vitest";

import { worked } from "../worked.ts";
import { isIban, type Reading, textNotes } from "./text-notes.ts";

const ANA = "ana.ruiz@helio-capital.example";
const BEN = "ben@orion.example";
const IBAN = "DE89 3704 0044 0532 0130 00";
const PASSAGE = "The board will go up to 96 million if Helio keeps the management team in place.";

const orion: Reading = { text: `Hello Maya,\n\n${PASSAGE}\n\nBen`, people: new Set([BEN]) };
const user = (said: string) => (name: string) =>
  said !== "" && said.toLowerCase().includes(name.toLowerCase()) ? "user" : "text";

const kinds = (text: string, said = "", readings: readonly Reading[] = [orion]) =>
  textNotes(text, { originOf: user(said), readings, readers: [ANA] }).map(({ kind }) => kind);

test.each<[string, string, string[]]>([
  ["nothing to doubt", "Hello Ana, we agree to 92m by 15 December 2026.", []],
  ["an IBAN", `Please pay to ${IBAN}.`, ["bank_details"]],
  ["an IBAN without spaces", `Pay ${IBAN.replaceAll(" ", "")}`, ["bank_details"]],
  ["no IBAN: wrong check digits", "Ref DE00 3704 0044 0532 0130 00", []],
  ["an account number", "Account number: 12345678", ["bank_details"]],
  ["a routing number", "ABA routing 021000021", ["bank_details"]],
  ["a sort code", "Sort code 20-00-00", ["bank_details"]],
  ["in German", "Neue Kontonummer: 4401 2233 55", ["bank_details"]],
  ["in Chinese", "账号：6222020200112233445", ["bank_details"]],
  ["a coin's address", "Send it to 0x52908400098527886E0F7030069857D2E4169EE7", ["bank_details"]],
  ["an account without its number", "The account team is on leave.", []],
  ["a link", "Sign here: https://dataroom.evil.example/x?y", ["link_from_mail"]],
  ["a link that hides its host", "http://helio-capital.example@evil.example/", ["link_from_mail"]],
  ["a link to the reader's own site", "See https://www.helio-capital.example/nda", []],
  ["another mail's passage", `Dear Ana,\n\n${PASSAGE}`, ["text_of_other_mail"]],
  ["the passage quoted", `> ${PASSAGE}`, ["text_of_other_mail"]],
  ["the passage in other white space", PASSAGE.replaceAll(" ", "  "), ["text_of_other_mail"]],
])("%s", (_, text, found) => {
  expect(kinds(text)).toEqual(found);
});

test("what the user said themselves is theirs", () => {
  const text = `Pay ${IBAN}, see https://pay.example/x. ${PASSAGE}`;
  expect(kinds(text, text)).toEqual([]);
});

test("what all readers have is theirs to read", () => {
  const shared = { ...orion, people: new Set([BEN, ANA]) };
  expect(kinds(PASSAGE, "", [shared])).toEqual(["words_of_mail"]);
  expect(kinds(PASSAGE, "", [orion, shared])).toEqual(["words_of_mail"]);
});

test.each([
  ["DE89 3704 0044 0532 0130 00", true],
  ["GB82WEST12345698765432", true],
  ["GB82WEST12345698765431", false],
])("%s is an IBAN: %s", (text, is) => {
  expect(isIban(text)).toBe(is);
});

test.each([
  ["a host of dots", `www.${".".repeat(49_000)}x`, ""],
  ["a mail of blank lines", PASSAGE, "\n".repeat(200_000)],
])("%s is judged at once", (_, text, read) => {
  const readings = [orion, { text: `${read}x`, people: new Set<string>() }];
  expect(worked(() => kinds(text, "", readings)).ms).toBeLessThan(500);
});
