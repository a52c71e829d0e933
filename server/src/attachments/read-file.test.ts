/** Files as deal teams send them, and as enemies do: read with their references, or refused in words; the server's memory stays small. */
import { expect, test } from "vitest";

import { bombOf, docxOf, pdfOf, pptxOf, xlsxOf } from "./files-for-tests.ts";
import { createFileReader } from "./read-file.ts";

const reader = createFileReader();
const never = new AbortController().signal;
const read = (bytes: Uint8Array, contentType = "") => reader.read(bytes, contentType, never);

test.each<[string, Uint8Array, string, [ref: string, text: string][]]>([
  [
    "a PDF",
    pdfOf(["Price: 92m", "Exclusivity: 21 days"]),
    "PDF",
    [
      ["page 1", "Price: 92m"],
      ["page 2", "Exclusivity: 21 days"],
    ],
  ],
  [
    "a Word document",
    docxOf(["1. Price & terms", "The price is 92m."]),
    "Word document",
    [
      ["paragraphs 1 to 2", "1. Price & terms\nThe price is 92m."],
      ["footnotes 1 to 1", "See clause 4."],
    ],
  ],
  [
    "a spreadsheet",
    xlsxOf("Q3", [
      ["Revenue", 12.5],
      ["EBITDA", 3],
    ]),
    "spreadsheet",
    [["sheet Q3, rows 1 to 2", "A1: Revenue | B1: 12.5\nA2: EBITDA | B2: 3"]],
  ],
  [
    "a presentation",
    pptxOf(["Falcon", "Next steps"]),
    "presentation",
    [
      ["slide 1", "Falcon"],
      ["slide 2", "Next steps"],
    ],
  ],
  ["text", Buffer.from("a,b\n1,2"), "text", [["characters 1 to 7", "a,b\n1,2"]]],
  [
    "a web page",
    Buffer.from("<html><body><p>Hello</p><script>x()</script></body></html>"),
    "web page",
    [["characters 1 to 5", "Hello"]],
  ],
])("%s is read with its references", async (_, bytes, kind, sections) => {
  expect(await read(bytes)).toMatchObject({
    ok: true,
    parsed: { kind, sections: sections.map(([ref, text]) => ({ ref, text })) },
  });
});

test("a tracked deletion is not read as text, and is said", async () => {
  const found = await read(docxOf(["The price is 92m."], "The price is 90m."));
  expect(JSON.stringify(found)).not.toContain("90m");
  expect(found).toMatchObject({
    ok: true,
    parsed: { note: "1 tracked deletions are left out; insertions are in the text." },
  });
});

test.each<[string, Uint8Array, RegExp]>([
  ["a locked PDF", pdfOf(["secret"], true), /locked with a password/],
  ["a broken PDF", Buffer.from("%PDF-1.4\nrubbish"), /broken/],
  ["a scan", pdfOf(["", "", ""]), /3 pages and no text/],
  ["a zip bomb in a Word document", bombOf(80), /zip bomb/],
  ["a broken Word document", docxOf(["Hello"]).slice(0, 80), /broken|no Word/],
  ["a locked or old Office file", Buffer.from("d0cf11e0a1b11ae1", "hex"), /password|2007/],
  ["winmail.dat", Buffer.from("789f3e22000000", "hex"), /winmail\.dat/],
  ["a picture", Buffer.from("89504e470d0a1a0a", "hex"), /picture/],
  [
    "a program",
    Buffer.from("4d5a90000300000004000000ffff0000b800000000000000", "hex"),
    /of this kind/,
  ],
  ["nothing", new Uint8Array(), /empty/],
])("%s is refused in words", async (_, bytes, why) => {
  const found = await read(bytes);
  expect(found.ok ? "it was read" : found.why).toMatch(why);
});

test("a PDF of 300 pages and a bomb at once leave the server under 400 MB", async () => {
  const pages = Array.from({ length: 300 }, (_, index) => `Page ${index + 1} of the agreement`);
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  const packed = bombOf(100);
  const before = process.memoryUsage.rss();
  const [long, bomb] = await Promise.all([read(pdfOf(pages)), read(packed)]);
  clearInterval(watch);
  expect(bomb.ok).toBe(false);
  expect(long.ok && long.parsed.sections).toHaveLength(300);
  // The test runner itself is in this process; the server without a file is under 150 MB.
  expect((most - before) / 1_000_000).toBeLessThan(250);
});

test("a reader that is stopped does not go on", async () => {
  const stop = new AbortController();
  const reading = reader.read(pdfOf(Array.from({ length: 200 }, () => "x")), "", stop.signal);
  setTimeout(() => stop.abort(), 50);
  await expect(reading).rejects.toThrow("stopped");
  expect((await read(Buffer.from("after"))).ok).toBe(true);
});
