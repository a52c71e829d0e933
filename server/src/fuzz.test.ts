/**
 * Laws on inputs that nobody wrote: what enemies send is read without an exception, in bounded time, and becomes nothing that it is not. `FUZZ_RUNS` in
 * the environment asks for more inputs than a test run takes.
 */
import { domainToASCII } from "node:url";

import type { gmail_v1 } from "@googleapis/gmail";
import { Action, type Deed } from "@vaultdesk/shared/action.ts";
import { canonicalJson, digestOf } from "@vaultdesk/shared/digest.ts";
import { DraftContent } from "@vaultdesk/shared/draft.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import {
  type Arbitrary,
  array,
  assert,
  asyncProperty,
  constantFrom,
  dictionary,
  integer,
  oneof,
  option,
  property,
  record,
  string,
  tuple,
  uint8Array,
} from "fast-check";
import { expect, test } from "vitest";

import { queryOf } from "./agent/tools/search-gmail.ts";
import { checkAddresses, formatParty, parseAddresses, type Party } from "./google/addresses.ts";
import { headOf, textOf, textOfHtml } from "./google/message.ts";
import { buildMime, readMime } from "./google/mime.ts";
import { worked } from "./worked.ts";

// oxlint-disable-next-line no-restricted-properties
const numRuns = Number(process.env["FUZZ_RUNS"] ?? 60);
const TIMEOUT_MS = Math.max(20_000, numRuns * 20);

/** Pieces that break parsers, between text of any script. */
const PIECES = [
  "\r\n",
  "\n",
  "\r",
  "\0",
  "\u2028",
  "\u0085",
  "\u202e",
  "\ud800",
  "\u200b",
  '"',
  "\\",
  "<",
  ">",
  "@",
  ",",
  ";",
  ":",
  "(",
  ")",
  "[",
  "]",
  "=?utf-8?b?",
  "=?utf-8?q?=0D=0ABcc:?=",
  "?=",
  "Bcc: eve@evil.example",
  "ana@helio.example",
  "<eve@evil.example>",
  "--b",
  "--b--",
  "Content-Type: multipart/mixed; boundary=b",
  "Content-Type: text/html; charset=",
  "utf-7",
  "iso-2022-jp",
  "Content-Transfer-Encoding: base64",
  "Content-Disposition: attachment; filename*0*=x''%0D%0A; filename*1=y",
  "Subject: ",
  "From: ",
  "To: team:a@b.example;",
  "x=\r\n",
  "=0D",
  "%",
] as const;
const hostile = (most = 12): Arbitrary<string> =>
  array(oneof(constantFrom(...PIECES), string({ unit: "binary", maxLength: 12 })), {
    maxLength: most,
  }).map((parts) => parts.join(""));

test(
  "bytes of any kind are read as a draft that the contract takes",
  { timeout: TIMEOUT_MS },
  async () => {
    const bytes = oneof(
      hostile(40).map((text) => new TextEncoder().encode(text)),
      uint8Array({ maxLength: 400 }),
      tuple(hostile(20), hostile(20)).map(([head, body]) =>
        new TextEncoder().encode(`From: a@b.example\r\nTo: ${head}\r\n\r\n${body}`),
      ),
    );
    await assert(
      asyncProperty(bytes, async (raw) => {
        const { content } = await readMime(raw, undefined);
        expect(DraftContent.safeParse(content).error).toBeUndefined();
      }),
      { numRuns },
    );
  },
);

/** A domain of another script stands in a header in its ASCII form (RFC 5891). */
function written({ address }: Party): string {
  const at = address.lastIndexOf("@");
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`;
}

const HEADERS =
  /^(?:from|to|cc|bcc|subject|message-id|date|mime-version|content-type|content-transfer-encoding|content-disposition|in-reply-to|references):/i;

test(
  "what is written into a mail starts no header and adds no recipient",
  { timeout: TIMEOUT_MS },
  async () => {
    const names = array(hostile(6), { maxLength: 3 });
    await assert(
      asyncProperty(
        names,
        hostile(),
        hostile(20),
        hostile(),
        async (people, subject, text, refers) => {
          const checked = people.map((name) => checkAddresses([`${name} <ana@helio.example>`]));
          const to = checked.flatMap((one) => (one.ok ? one.parties.map(formatParty) : []));
          const raw = await buildMime({
            from: "maya@northgate.example",
            to,
            cc: [],
            bcc: [],
            subject,
            text,
            inReplyTo: refers,
            references: refers,
            attachments: [
              { filename: subject, contentType: "text/plain", content: Buffer.from(text) },
            ],
          });
          const mail = raw.toString("latin1");
          const lines = mail.slice(0, mail.indexOf("\r\n\r\n")).split("\r\n");
          expect(lines.filter((line) => !/^[ \t]/.test(line) && !HEADERS.test(line))).toEqual([]);
          const read = await readMime(raw, undefined);
          const wanted = new Set(to.flatMap(parseAddresses).map(written));
          const { content } = read;
          const got = [...content.to, ...content.cc, ...content.bcc].flatMap(parseAddresses);
          expect(got.map(written).filter((address) => !wanted.has(address))).toEqual([]);
          expect(read.attachments).toHaveLength(1);
        },
      ),
      { numRuns },
    );
  },
);

test(
  "an address that is taken is written and read back as itself, with no control character",
  { timeout: TIMEOUT_MS },
  () => {
    assert(
      property(array(hostile(), { maxLength: 5 }), (entries) => {
        const checked = checkAddresses(entries);
        const parties = checked.ok ? checked.parties : [];
        for (const party of parties) {
          expect(formatParty(party)).not.toMatch(/[\p{Cc}]/u);
          expect(parseAddresses(formatParty(party)).map(({ address }) => address)).toEqual([
            party.address,
          ]);
        }
      }),
      { numRuns: numRuns * 5 },
    );
  },
);

const TAGS = [
  "div",
  "p",
  "table",
  "tr",
  "td",
  "ul",
  "li",
  "a",
  "span",
  "style",
  "script",
  "template",
  "noscript",
  "svg",
  "title",
  "br",
  "pre",
  "blockquote",
  "!--",
  "![CDATA[",
  "?php",
];
const html = array(
  oneof(
    constantFrom(...TAGS).map((tag) => `<${tag}>`),
    constantFrom(...TAGS).map((tag) => `</${tag}>`),
    tuple(constantFrom(...TAGS), hostile(3)).map(
      ([tag, value]) => `<${tag} style="${value}" href='${value}' ${value}>`,
    ),
    hostile(3),
    constantFrom("&#0;", "&#x202e;", "&lt;script&gt;", "&nosuch;", "&#99999999;"),
  ),
  { maxLength: 60 },
).map((parts) => parts.join(""));

test(
  "HTML of any kind is reduced to text, and what a script says is not in it",
  { timeout: TIMEOUT_MS },
  () => {
    assert(
      property(html, (text) => {
        const reduced = textOfHtml(
          `<p>${text}</p><script>SCRIPTED()</script><style>SCRIPTED{}</style>`,
        );
        expect(typeof reduced).toBe("string");
      }),
      { numRuns },
    );
  },
);

test.each([
  ["elements in elements", "<div>", 20_000],
  ["tables in tables", "<table><tr><td>", 5000],
  ["lists in lists", "<ul><li>", 5000],
  ["quotes in quotes", "<blockquote>", 5000],
  ["comments that do not end", "<!--", 50_000],
  ["attributes without end", '<a b="', 50_000],
  ["entities", "&amp;", 100_000],
])("%s without end are read in time", (_name, piece, times) => {
  const { result, ms } = worked(() => textOfHtml(`<p>Hello</p>${piece.repeat(times)}`));
  expect(result).toContain("Hello");
  expect(ms).toBeLessThan(5000);
});

type Part = gmail_v1.Schema$MessagePart;
const header = record({
  name: constantFrom("From", "Subject", "content-type", "To", "Reply-To"),
  value: option(hostile()),
});
const leaf = record(
  {
    mimeType: constantFrom("text/plain", "text/html", "application/pdf", "multipart/mixed", ""),
    filename: option(hostile(3)),
    headers: array(header, { maxLength: 4 }),
    body: record({
      data: option(hostile().map((text) => Buffer.from(text).toString("base64url"))),
      size: option(integer()),
    }),
  },
  { requiredKeys: [] },
);
const nested = (depth: number): Arbitrary<Part> =>
  depth === 0
    ? leaf
    : tuple(leaf, array(nested(depth - 1), { maxLength: 3 })).map(([own, inner]) => ({
        ...own,
        parts: inner,
      }));

test("a message of Gmail in any shape has a head and a text", { timeout: TIMEOUT_MS }, () => {
  const message = record({
    payload: option(nested(3)),
    snippet: option(hostile()),
    internalDate: oneof(string(), integer().map(String), constantFrom("99999999999999999", "-1")),
  });
  assert(
    property(message, ({ payload, ...rest }) => {
      const gmail = { ...rest, ...(payload === null ? {} : { payload }) };
      expect(typeof headOf(gmail).date).toBe("string");
      expect(typeof textOf(gmail).text).toBe("string");
    }),
    { numRuns },
  );
});

test("no value of a search closes its operator", { timeout: TIMEOUT_MS }, () => {
  assert(
    property(hostile(), hostile(), hostile(), hostile(), (from, to, subject, filename) => {
      const query = queryOf({ from, to, subject, filename, label: from, max: 1 });
      expect(query.replace(/"[^"]*"/g, "")).toBe("from: to: subject: filename: label:");
    }),
    { numRuns: numRuns * 5 },
  );
});

const hex = string({
  unit: constantFrom(..."0123456789abcdef".split("")),
  minLength: 64,
  maxLength: 64,
});
const content = record({
  from: hostile(3),
  to: array(
    hostile(4).map((text) => `${text}<a@b.example>`),
    { maxLength: 3 },
  ),
  cc: array(
    hostile(2).map((text) => `${text}@b.example`),
    { maxLength: 2 },
  ),
  bcc: array(constantFrom("x@y.example"), { maxLength: 1 }),
  subject: hostile(),
  text: hostile(20),
  attachments: array(
    record({
      name: hostile(3),
      mimeType: hostile(1),
      size: integer({ min: 0, max: 1e9 }),
      sha256: hex,
    }),
    { maxLength: 2 },
  ),
});
const action: Arbitrary<Deed> = record({
  kind: constantFrom("email.send" as const),
  draftId: constantFrom("r-1", "r-2"),
  content,
  rawSha256: hex,
}).map((value) => {
  const parsed = Action.parse(value);
  if (parsed.kind === "bundle") throw new Error("a bundle");
  return parsed;
});

/** Every value in it, changed by one step, one at a time. */
function* mutants(value: unknown): Generator {
  if (typeof value === "string") yield `${value}\u200b`;
  else if (typeof value === "number") yield value + 1;
  else if (Array.isArray(value)) {
    const list: unknown[] = value;
    yield [...list, "x"];
    for (const [at, one] of list.entries())
      for (const other of mutants(one)) yield list.with(at, other);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, one] of Object.entries(value))
      for (const other of mutants(one)) yield { ...value, [key]: other };
  }
}

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, one]) => [key, shuffled(one)]),
  );
}

test(
  "an action has one digest however it is written, and another after any change",
  { timeout: TIMEOUT_MS },
  async () => {
    await assert(
      asyncProperty(action, async (one) => {
        const digest = await digestOf(one);
        expect(await digestOf(Action.parse(parseJson(canonicalJson(one))))).toBe(digest);
        expect(await digestOf(Action.parse(parseJson(JSON.stringify(shuffled(one)))))).toBe(digest);
        const seen = new Set([canonicalJson(one)]);
        for (const other of mutants(one)) seen.add(canonicalJson(other));
        expect(seen.size).toBe([...mutants(one)].length + 1);
      }),
      { numRuns },
    );
  },
);

test("keys of any name have one order", { timeout: TIMEOUT_MS }, () => {
  assert(
    property(dictionary(hostile(2), hostile(2)), (value) => {
      expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
    }),
    { numRuns },
  );
});
