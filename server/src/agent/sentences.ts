/**
 * Streamed text in sentences and lines. Pure: joined, the pieces are the text, byte for byte, and where it is cut does not depend on how
 * it arrived. Holds back no more than the sentence that is being written.
 */
export interface Piece {
  text: string;
  /** The end of the lines before, when this one may go on with their sentence. */
  before: string;
}

export interface Sentences {
  push(delta: string): Piece[];
  /** What is still held, at the end of the text. */
  rest(): Piece[];
}

/** A text without an end of sentence is not held longer: cut at a space, at last anywhere. */
const LONG = 400;
const TOO_LONG = 500;
const BEFORE = 200;

const CITATION = "[msg:";
const ENDED = /[.!?…]["'”’»)*_~`]*(?:\s*\[msg:[^\]\s]*\][.,;]?)*$/u;
const ABBREVIATION =
  /(?:^\s*(?:[-*+>#]\s*)*\d+|\b(?:\p{L}|mr|mrs|ms|dr|prof|st|inc|ltd|corp|co|no|vs|e\.g|i\.e|approx|hr|fr|sr|sra|z\.\s?b))\.$/iu;
/** A list item, heading, quote, table row or fence: never the rest of the line before. */
const BLOCK = /^\s*(?:[-*+#>|]|\d+[.)]|```|~~~)/;
const QUOTES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["“", "”"],
  ["„", "“"],
  ["«", "»"],
]);

export function createSentences(): Sentences {
  let held = "";
  let seen = 0;
  let closing: string | undefined;
  let before = "";

  function cut(end: number): Piece {
    const text = held.slice(0, end);
    const piece = { text, before: BLOCK.test(text) ? "" : before };
    if (text.trim() !== "") {
      const whole = ENDED.test(text.trimEnd());
      before = whole ? "" : (piece.before + text).slice(-BEFORE);
    } else if (text.includes("\n")) before = "";
    held = held.slice(end);
    seen = 0;
    closing = undefined;
    return piece;
  }

  return {
    push(delta) {
      held += delta;
      const pieces: Piece[] = [];
      while (seen < held.length) {
        const char = held.charAt(seen);
        closing = char === closing ? undefined : (closing ?? QUOTES.get(char));
        const end = boundary(held, seen, closing !== undefined);
        if (end === "unclear") return pieces;
        if (end === undefined) seen += 1;
        else pieces.push(cut(end));
      }
      return pieces;
    },
    rest() {
      return held === "" ? [] : [cut(held.length)];
    },
  };
}

/** Where the piece ends if it ends at `at`; `unclear` until more has arrived. */
function boundary(text: string, at: number, quoted: boolean): number | "unclear" | undefined {
  const char = text.charAt(at);
  if (char === "\n" || at >= TOO_LONG) return at + 1;
  if (!/\s/.test(char)) return undefined;
  if (at >= LONG) return at + 1;
  if (quoted) return undefined;
  const told = text.slice(0, at);
  if (!ENDED.test(told) || ABBREVIATION.test(told)) return undefined;
  const after = text.slice(at).trimStart();
  const space = text.slice(at, text.length - after.length);
  if (space.includes("\n")) return undefined;
  // A citation after the full stop still belongs to its sentence.
  if (after.length < CITATION.length && CITATION.startsWith(after)) return "unclear";
  return after.startsWith(CITATION) ? undefined : at + space.length;
}
