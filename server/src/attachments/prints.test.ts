/** What a file is known by once it is saved again, packed or forwarded; what can't be looked into says so. */
import { zipSync } from "fflate";
import { expect, test } from "vitest";

import { docxOf, pdfOf, xlsxOf } from "./files-for-tests.ts";
import { bytesPrint, printsOf } from "./prints.ts";

const LINES = Array.from(
  { length: 12 },
  (_, line) => `Revenue of line ${line} is ${line * 17} million`,
);
const memo = docxOf(LINES);
/** The same words by another program. */
const saved = pdfOf(LINES.map((line) => line.toUpperCase()));
const other = docxOf(LINES.map((line) => `${line} or so`));

const eml = (bytes: Uint8Array) =>
  Buffer.from(
    [
      "From: a@x.example",
      "Subject: CIM",
      "Content-Type: application/octet-stream",
      "Content-Disposition: attachment; filename=renamed.bin",
      "Content-Transfer-Encoding: base64",
      "",
      Buffer.from(bytes).toString("base64"),
      "",
    ].join("\r\n"),
  );

test("the same words saved by another program have the same print; other words have not", async () => {
  // A Word file has footnotes that the PDF says on its last page.
  const pdf = pdfOf([...LINES, "See clause 4."]);
  const [one, two, three] = [
    await printsOf(memo, ""),
    await printsOf(pdf, ""),
    await printsOf(other, ""),
  ];
  expect(one.words).toMatch(/^words [0-9a-f]{64}$/);
  expect(two.words).toBe(one.words);
  expect(three.words).not.toBe(one.words);
});

test("a few words are in many documents: they tell nothing", async () => {
  expect((await printsOf(Buffer.from("Please find attached."), "")).words).toBeUndefined();
});

test.each<[string, Uint8Array, string]>([
  ["in a zip", zipSync({ "a/b.bin": saved }), ""],
  ["in a zip in a zip", zipSync({ "x.zip": zipSync({ "b.bin": saved }) }), ""],
  ["in an attached mail", eml(saved), "message/rfc822"],
  ["in a mail in a zip", zipSync({ "fwd.eml": eml(saved) }), ""],
  ["in a zip in an attached mail", eml(zipSync({ "b.bin": saved })), "message/rfc822; name=x"],
])("%s it is found by its bytes and by its words", async (_, bytes, type) => {
  const { packed, closed } = await printsOf(bytes, type);
  const { words } = await printsOf(saved, "");
  expect(packed).toContain(bytesPrint(saved));
  expect(packed).toContain(words);
  expect(closed).toBe(false);
});

const locked = zipSync({ "b.bin": saved });
locked[6] = 1;
const nested = [1, 2, 3, 4].reduce((bytes) => zipSync({ "x.zip": bytes }), zipSync({ b: saved }));
test.each<[string, Uint8Array]>([
  ["a locked zip", locked],
  ["a zip that is cut", zipSync({ "b.bin": saved }).subarray(0, 60)],
  ["a PDF with a password", pdfOf(["Secret"], true)],
  ["7z", Buffer.from("377abcaf271c0004", "hex")],
  ["RAR", Buffer.from("526172211a0701", "hex")],
  ["winmail.dat", Buffer.from("789f3e22", "hex")],
  ["zips that go deeper than people pack", nested],
])("%s is said to be closed", async (_, bytes) => {
  expect((await printsOf(bytes, "")).closed).toBe(true);
});

test("a spreadsheet is open, and so is a picture", async () => {
  expect((await printsOf(xlsxOf("Q3", [["Revenue", 1]]), "")).closed).toBe(false);
  expect((await printsOf(Buffer.from("89504e470d0a1a0a", "hex"), "image/png")).closed).toBe(false);
});
