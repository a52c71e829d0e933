/** Terms that stand in a thread, found by pattern: price, structure, exclusivity, dates, counsel, and what is asked for and open. Pure. */
import { z } from "zod";

import { openPoints } from "./points.ts";
import { nameOf } from "./say-mail.ts";
import type { Line, Read } from "./thread-read.ts";

export const TermRow = z.object({
  topic: z.enum(["price", "structure", "dates", "exclusivity", "counsel", "other", "open"]),
  name: z.string(),
  value: z.string(),
  message_id: z.string(),
  quote: z.string(),
});
export type TermRow = z.infer<typeof TermRow>;

interface Pattern {
  topic: TermRow["topic"];
  name: string;
  /** What the sentence is about. */
  about: RegExp;
  /** Its first group, or all of it, is the value. */
  value: RegExp;
}

const MONEY =
  "(?:EUR|USD|GBP|CHF|[€$£])\\s?\\d[\\d.,]*\\d?(?:\\s?(?:million|billion|thousand|mm|bn|[mk])\\b)?";
const MONTH =
  "(?:January|February|March|April|May|June|July|August|September|October|November|December)";
const DAY = `(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:\\d{1,2} ${MONTH}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?)(?:,? \\d{4})?`;
const PERIOD = /\d{1,3} (?:days|weeks|months)\b/;

const date = (name: string, about: RegExp): Pattern => ({
  topic: "dates",
  name,
  about,
  value: new RegExp(DAY),
});

const PATTERNS: readonly Pattern[] = [
  {
    topic: "price",
    name: "Price",
    about:
      /\b(?:enterprise value|equity value|purchase price|offer(?:ed)? price|for all shares)\b/i,
    value: new RegExp(MONEY),
  },
  {
    topic: "structure",
    name: "Paid at closing",
    about: /\bat closing\b/i,
    value: new RegExp(`(${MONEY})(?: of it)? at closing`),
  },
  {
    topic: "structure",
    name: "Deferred",
    about: /\bdeferred\b|\bafter \w+ months\b/i,
    value: new RegExp(`(${MONEY}) (?:deferred|after \\w+ months)`),
  },
  { topic: "exclusivity", name: "Exclusivity", about: /\bexclusiv/i, value: PERIOD },
  {
    topic: "other",
    name: "Escrow",
    about: /\bescrow\b/i,
    value: /\d+(?:\.\d+)?%(?: of the price)?(?: \(.{3,20}\))?(?: for \d+ months)?/,
  },
  { topic: "other", name: "Non-solicit", about: /\bnon-?solicit/i, value: PERIOD },
  {
    topic: "other",
    name: "Working capital peg",
    about: /\bpeg\b|\bnet working capital\b/i,
    value: new RegExp(MONEY),
  },
  date("Offer open until", /\bopen until\b|\blapses?\b|\bexpires?\b|\bvalid until\b/i),
  date("Answer due", new RegExp(`\\b(?:by|before) (?:noon on )?${DAY}`)),
  date("Signing", /\bsign(?:ing)? on\b|\bfor signing\b|\bsigning (?:date|is|on)\b/i),
  date("Closing", /\bclos(?:e|ing) (?:on|date|is)\b/i),
  date("Presentation", /\bpresentation\b|\bslot\b/i),
];

const PERSON = "(?!Copying|Also)\\p{Lu}[\\p{L}'’-]+(?: (?:van |de )?\\p{Lu}[\\p{L}'’-]+){1,2}";
const FIRM = "(?: of \\p{Lu}[\\p{L}'’-]*(?: (?:& )?\\p{Lu}[\\p{L}'’-]*){0,3})?";
const OURS = new RegExp(
  `(${PERSON}${FIRM})(?: \\([^)]{1,30}\\))? (?:is|are) our (?:counsel|lawyers?|attorneys?)`,
  "u",
);
const THEIRS = new RegExp(`(${PERSON}${FIRM}),? who acts for (the \\p{L}+)`, "u");

/** "Not 45", "instead of the 30": what somebody does not want. */
const UNWANTED = /\b(?:not|never|instead of|than)(?: \p{L}+){0,2} $/u;

const LONGEST_VALUE = 160;
const LONGEST_QUOTE = 600;
const MOST_OPEN = 5;

function row(topic: TermRow["topic"], name: string, value: string, line: Line): TermRow {
  return { topic, name: name.slice(0, 60), value, message_id: line.message.id, quote: line.text };
}

function counselIn(line: Line): TermRow[] {
  const ours = OURS.exec(line.text)?.[1];
  const theirs = THEIRS.exec(line.text);
  return [
    ...(ours === undefined
      ? []
      : [row("counsel", `Counsel of ${nameOf(line.message.from)}`, ours, line)]),
    ...(theirs?.[1] === undefined
      ? []
      : [row("counsel", `Counsel of ${theirs[2] ?? ""}`, theirs[1], line)]),
  ];
}

function rowsIn(line: Line): TermRow[] {
  const found = PATTERNS.flatMap(({ topic, name, about, value }) => {
    if (!about.test(line.text)) return [];
    const match = value.exec(line.text);
    const wanted = match !== null && !UNWANTED.test(line.text.slice(0, match.index));
    return !wanted ? [] : [row(topic, name, match[1] ?? match[0], line)];
  });
  return [...found, ...counselIn(line)];
}

function shortened(text: string): string {
  return text.length <= LONGEST_VALUE
    ? text
    : `${text.slice(0, LONGEST_VALUE).replace(/\s+\S*$/, "")}…`;
}

function openRows(read: Read): TermRow[] {
  return openPoints(read)
    .slice(-MOST_OPEN)
    .map(({ asked }, at) => {
      const [, head, rest] =
        /^(\p{Lu}[\p{L}-]{2,20}(?: [\p{L}-]+){0,2}): (.+)$/u.exec(asked.text) ?? [];
      const name = head ?? `Point ${at + 1}`;
      return row("open", name, shortened(rest ?? asked.text), asked);
    });
}

/** One row a term and message: the first sentence of a message that says it. */
export function termRows(read: Read): TermRow[] {
  const rows = [
    ...read.messages.flatMap((message) => message.lines.flatMap(rowsIn)),
    ...openRows(read),
  ];
  const said = new Set<string>();
  return rows.filter(({ topic, name, message_id: id, quote }) => {
    const key = `${topic === "open"} ${name} ${id}`;
    if (said.has(key) || quote.length > LONGEST_QUOTE || quote.length < 8) return false;
    said.add(key);
    return true;
  });
}
