import { inflateSync } from "node:zlib";

import { expect, test } from "vitest";

import { falconMailbox, threads } from "./build.ts";
import { renderPaper } from "./paper.ts";

const mailbox = await falconMailbox();
const all = [...mailbox.forOwner, ...mailbox.forOther].map(({ raw }) =>
  Buffer.from(raw).toString("latin1"),
);

function header(raw: string, name: string): string {
  const head = raw.slice(0, raw.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " ");
  return new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1] ?? "";
}

const ids = (value: string): string[] => value.match(/<[^>]+>/g) ?? [];

/** The words that a PDF of standard fonts draws, without its markup. */
function wordsOf(pdf: Buffer): string {
  const text: string[] = [];
  for (const match of pdf.toString("latin1").matchAll(/stream\n([\s\S]*?)\nendstream/g)) {
    const stream = inflateSync(Buffer.from(match[1] ?? "", "latin1")).toString("latin1");
    for (const [, array = ""] of stream.matchAll(/\[(.*?)\] TJ/g)) {
      const hex = [...array.matchAll(/<([0-9a-f]*)>/g)].map(([, digits = ""]) => digits).join("");
      text.push(Buffer.from(hex, "hex").toString("latin1"));
    }
  }
  return text.join(" ").replace(/ +/g, " ");
}

test("the mailbox is large enough to work in", () => {
  expect(threads.length).toBeGreaterThanOrEqual(12);
  expect(mailbox.forOwner.length).toBeGreaterThanOrEqual(40);
  expect(mailbox.forOther.length).toBeGreaterThanOrEqual(10);
});

test("two runs give the same bytes", async () => {
  expect(await falconMailbox()).toEqual(mailbox);
});

test("every letter of a thread refers to the first one and answers one before it", () => {
  const byId = new Map(all.map((raw) => [header(raw, "Message-ID"), raw]));
  expect(byId.size).toBeGreaterThanOrEqual(mailbox.forOwner.length);
  const roots = [...byId.values()].filter((raw) => header(raw, "In-Reply-To") === "");
  expect(roots).toHaveLength(threads.length);
  for (const raw of byId.values()) {
    const references = ids(header(raw, "References"));
    expect(references.at(-1) ?? "").toBe(header(raw, "In-Reply-To"));
    const first = references[0] ?? header(raw, "Message-ID");
    expect(roots.map((root) => header(root, "Message-ID"))).toContain(first);
  }
});

test("letters of a thread stand in the order of their dates, between 5 October and 20 November", () => {
  for (const thread of threads) {
    const times = thread.letters.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(Date.parse("2026-10-05T00:00:00+02:00"));
    expect(times.at(-1)).toBeLessThan(Date.parse("2026-11-21T00:00:00+01:00"));
  }
});

test("no two bidders stand in one thread", () => {
  const bidders = ["helio-capital.example", "brandt-automation.example", "lumen-industrie.example"];
  for (const thread of threads) {
    const present = bidders.filter((domain) =>
      thread.letters.some(({ from, to, cc = [] }) =>
        [from, ...to, ...cc].some(({ email }) => email.endsWith(`@${domain}`)),
      ),
    );
    expect([thread.key, ...present].length).toBeLessThanOrEqual(2);
  }
});

test("every address is in an .example domain", () => {
  for (const raw of all) {
    const text = raw.replaceAll("=\r\n", "");
    for (const [address] of text.matchAll(/[\w.+-]+@[\w.-]+\w/g)) {
      expect(address).toMatch(/\.example$/);
    }
    for (const [, host] of text.matchAll(/https?:\/\/([\w.-]+)/g))
      expect(host).toMatch(/\.example$/);
  }
});

test("every attachment is a PDF that holds its words", async () => {
  const papers = new Set(
    threads.flatMap(({ letters }) => letters).flatMap(({ files = [] }) => files),
  );
  expect(papers.size).toBeGreaterThanOrEqual(5);
  for (const paper of papers) {
    const pdf = await renderPaper(paper);
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    const words = wordsOf(pdf);
    expect(words).toContain(paper.title);
    for (const block of paper.blocks) {
      const first =
        "rows" in block
          ? block.rows.at(-1)?.[0]
          : "heading" in block
            ? block.heading
            : block.text[0];
      const start = typeof first === "string" ? first.slice(0, 24).trimEnd() : "";
      expect(words).toContain(start);
    }
  }
});

test("the last word on the NDA is Ana's, to Maya alone, and asks three things", () => {
  const last = all.findLast(
    (raw) =>
      header(raw, "Subject") === "Re: Project Falcon: NDA markup" &&
      header(raw, "Date").startsWith("Fri, 20 Nov 2026"),
  );
  expect(last).toBeDefined();
  const raw = last ?? "";
  expect(header(raw, "From")).toBe("Ana Ruiz <ana.ruiz@helio-capital.example>");
  expect(header(raw, "To")).toBe("Maya Field <maya@northgate.example>");
  expect(header(raw, "Cc")).toBe("");
  const text = raw.replaceAll("=\r\n", "");
  for (const words of ["21 days", "12 months", "Information Memorandum"])
    expect(text).toContain(words);
  expect(text.split("On Thu, 19 Nov")[0]?.match(/\?\r\n/g)).toHaveLength(3);
});
