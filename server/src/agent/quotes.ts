/** Words that an answer puts in quotation marks beside a citation: those that nobody wrote are marked. Pure. */
import type { Reads } from "./reads.ts";
import { sound } from "./verbatim.ts";

const QUOTED = /"([^"\n]{20,})"|“([^“”\n]{20,})”|„([^„“”\n]{20,})[“”]|«([^«»\n]{20,})»/g;
/** Where the one who quotes left something out, or put a word of their own. */
const GAP = /\[[^\]]*\]|…|\.{3}/;
const CITED = /\[msg:([^\]\s]{1,64})\]/g;
const MARK = " [not word for word in what was read]";

/** A name of a file or a subject is said, not quoted: a few words prove nothing. */
const LEAST_WORDS = 4;

export function citedIn(text: string): string[] {
  return [...text.matchAll(CITED)].map(([, id]) => id ?? "");
}

function holds(quote: string, isThere: (words: string) => boolean): boolean {
  return quote.split(GAP).every((part) => {
    const words = sound(part).trim().split(" ");
    return words.length < LEAST_WORDS || isThere(part);
  });
}

/** `reads` is asked for only where there is a quote to check. What is no longer at hand can't be checked, and stays. */
export function withMarkedQuotes(text: string, reads: () => Reads): string {
  if (text.search(QUOTED) === -1) return text;
  if (!citedIn(text).some((id) => reads().textOf(id) !== undefined)) return text;
  return text.replace(QUOTED, (whole: string) =>
    holds(whole.slice(1, -1), (words) => reads().said(words)) ? whole : `${whole}${MARK}`,
  );
}

const ATTRIBUTED = /\p{L}[^.!?]*$/u;

/**
 * The text without what others say in it, for judging what the assistant says itself: words that stand in a message which is cited for
 * them, after something that says whose they are. A quote that is all of the text hides nothing.
 */
export function withoutHeard(text: string, reads: () => Reads): string {
  if (text.search(QUOTED) === -1) return text;
  const there = citedIn(text).flatMap((id) => reads().textOf(id) ?? []);
  return text.replace(QUOTED, (whole: string, ...rest: unknown[]) => {
    const at = rest.find((one) => typeof one === "number") ?? 0;
    const quote = whole.slice(1, -1);
    const isHeard =
      ATTRIBUTED.test(text.slice(0, at)) &&
      sound(quote).trim().split(" ").length >= LEAST_WORDS &&
      holds(quote, (words) => there.some((mail) => mail.includes(sound(words))));
    return isHeard ? "“…”" : whole;
  });
}
