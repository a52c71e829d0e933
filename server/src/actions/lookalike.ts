/**
 * Letters, domains and names that are not what they seem: invisible characters, ones that turn text around, letters of other alphabets,
 * domains one slip away from a known one, a known person's name at another address. Pure.
 */
import { domainToUnicode } from "node:url";

import { parse } from "tldts";

import type { Party } from "../google/addresses.ts";

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}\u2800\u3164\uffa0]/u;
const LATIN = /\p{Script=Latin}/u;
const OTHER =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Lisu}]/u;

/**
 * Lower-case letters that read as a Latin one: the part of Unicode's confusables (UTS #39, unicode.org/Public/security) that the fonts of
 * mail show alike. What NFKD folds already (full width, mathematical, accents) is left out.
 */
const LIKE: Readonly<Record<string, string>> = {
  a: "аαɑ⍺",
  b: "ьƅЬ",
  c: "сϲⅽ",
  d: "ԁժɗ",
  e: "еҽєɛ℮",
  f: "ƒϝք",
  g: "ɡցǥɢ",
  h: "һհн",
  i: "іıɩιӏ",
  j: "јϳȷ",
  k: "кκĸ",
  l: "ⅼӀ|ǀլ",
  m: "м",
  n: "пηոռ",
  o: "оοσօ",
  p: "рρ",
  q: "ԛգզ",
  r: "гꭇᴦ",
  s: "ѕꜱʂ",
  t: "тτ",
  u: "υսʋц",
  v: "νѵ",
  w: "ԝшաѡ",
  x: "хχ",
  y: "уγүʏ",
  z: "ᴢʐ",
};

const LATIN_OF = new Map(
  Object.entries(LIKE).flatMap(([latin, all]) => Array.from(all, (one) => [one, latin] as const)),
);

/** What the eye reads: case, accents, look-alike letters, digits for letters and pairs that look like one letter are folded. */
export function skeleton(text: string): string {
  return Array.from(
    text
      .normalize("NFKD")
      .replace(/[\p{M}\p{Cf}\p{DI}]/gu, "")
      .toLowerCase(),
    (char) => LATIN_OF.get(char) ?? char,
  )
    .join("")
    .replaceAll("0", "o")
    .replace(/[1!|]/g, "l")
    .replaceAll("5", "s")
    .replaceAll("i", "l")
    .replaceAll("rn", "m")
    .replaceAll("vv", "w")
    .replaceAll("cl", "d");
}

const readable = (text: string) =>
  text.replace(/xn--[a-z0-9-]+(?:\.[a-z0-9-]+)*/gi, (domain) => domainToUnicode(domain));

/** Of a name and an address. A name may be in any one alphabet; a word may not mix them, and a part of an address may not read as Latin. */
export function strangeLetters({
  name,
  address,
}: Party): "bidi_or_invisible" | "homograph" | undefined {
  if (INVISIBLE.test(`${name}${address}`)) return "bidi_or_invisible";
  const words = name.split(/[\s.,_-]+/).filter((word) => OTHER.test(word));
  const labels = readable(address)
    .split(/[@.\s_-]+/)
    .filter((label) => OTHER.test(label));
  const strange =
    [...words, ...labels].some((word) => LATIN.test(word)) ||
    labels.some((label) => /^[\x21-\x7e]+$/.test(skeleton(label)));
  return strange ? "homograph" : undefined;
}

interface Parts {
  /** `helio-capital.example`, in Unicode. */
  domain: string;
  /** `helio-capital`. */
  name: string;
  /** What stands before it. */
  sub: string;
}

function partsOf(host: string): Parts {
  const unicode = domainToUnicode(host.toLowerCase()) || host.toLowerCase();
  const { domain, domainWithoutSuffix, subdomain } = parse(unicode, { allowPrivateDomains: true });
  return {
    domain: domain ?? unicode,
    name: domainWithoutSuffix ?? unicode,
    sub: subdomain ?? "",
  };
}

/** One letter more, less, other, or two changed places. */
function oneSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  const swapped =
    short[at] === long[at + 1] &&
    short[at + 1] === long[at] &&
    short.slice(at + 2) === long.slice(at + 2);
  return swapped || short.slice(at + 1) === long.slice(at + 1);
}

/** Shorter names are one slip from half of the world. */
const SLIP = 6;
const PART = 5;

const bare = (name: string) => skeleton(name).replace(/[-_.]/g, "");

function looksLike(one: Parts, known: Parts): boolean {
  const name = bare(known.name);
  if (bare(one.name) === name) return name.length >= PART || one.name !== known.name;
  if (name.length >= SLIP && oneSlip(bare(one.name), name)) return true;
  if (name.length < PART) return false;
  // helio-capital.example.evil.com, helio-capital-payments.com
  return bare(one.sub).includes(name) || (name.length >= SLIP && bare(one.name).includes(name));
}

/** The known domain that this one only looks like; nothing for a domain that is known, or part of a known one. */
export function lookAlike(host: string, known: Iterable<string>): string | undefined {
  const one = partsOf(host);
  let found: string | undefined;
  for (const other of known) {
    const parts = partsOf(other);
    if (parts.domain === one.domain) return undefined;
    if (found === undefined && looksLike(one, parts)) found = parts.domain;
  }
  return found;
}

function localOf(address: string): string {
  return address.slice(0, address.lastIndexOf("@")).replace(/\+.*$/, "");
}

/** First and last name in either order, without marks. */
function nameOf(name: string): string {
  return skeleton(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1)
    .toSorted()
    .join(" ");
}

/** The known address that a stranger's name or local part is that of. */
export function posesAs(one: Party, known: readonly Party[]): string | undefined {
  const name = nameOf(one.name);
  const local = skeleton(localOf(one.address));
  const found = known.find((party) => {
    if (party.address === one.address) return false;
    const theirs = skeleton(localOf(party.address));
    // Where nobody wrote a name, ana.ruiz@ is Ana Ruiz.
    const called = nameOf(party.name === "" ? theirs : party.name);
    if (name.includes(" ") && called === name) return true;
    return (
      theirs.length >= PART && /[._-]/.test(theirs) && (theirs === local || oneSlip(theirs, local))
    );
  });
  return found?.address;
}
