/** What a sender wrote in a message: without the quoted original, the signature and the greeting; as sentences. Pure. */

const QUOTE_STARTS = [
  /^-{2,}\s*original (message|appointment)\s*-{2,}/i,
  /^-{4,}\s*(forwarded|begin forwarded)/i,
  /^begin forwarded message:/i,
  /^_{10,}\s*$/,
  /^\s*on .{4,200} wrote:\s*$/i,
  /^\s*"?[\w .,'"()<>@-]{2,80} on \d{1,2}\/\d{1,2}\/\d{2,4} \d{1,2}:\d{2}/i,
];
const HEADER_LINE = /^\s*(from|to|sent|date|cc|bcc|subject):/i;
const STAMP = /^\s*\d{1,2}\/\d{1,2}\/\d{2,4}\s+\d{1,2}:\d{2}/;

function quoteStart(lines: readonly string[]): number {
  for (const [at, line] of lines.entries()) {
    if (QUOTE_STARTS.some((pattern) => pattern.test(line))) return at;
    const joined = `${line} ${lines[at + 1] ?? ""}`;
    if (/^\s*on .{4,200}/i.test(line) && /^\s*on .{4,250} wrote:\s*$/i.test(joined)) return at;
    if (HEADER_LINE.test(line)) {
      const near = lines.slice(at, at + 12);
      const names = new Set(near.flatMap((one) => HEADER_LINE.exec(one)?.[1]?.toLowerCase() ?? []));
      if (names.has("subject") && names.size >= 3) return headStart(lines, at);
    }
  }
  return lines.length;
}

/** Lotus Notes puts the sender's name and a time above the header lines. */
function headStart(lines: readonly string[], at: number): number {
  let start = at;
  while (start > 0 && (lines[start - 1] ?? "").trim() === "") start -= 1;
  if (start > 0 && STAMP.test(lines[start - 1] ?? "")) start -= 1;
  else return at;
  return start > 0 && (lines[start - 1] ?? "").trim().length < 60 ? start - 1 : start;
}

const SIGN_OFF =
  /^\s*((with )?(best|kind|warm|many)?\s*(regards|wishes|thanks)|thanks( (again|very much|a lot|so much))?|thank you( very much)?|thx|cheers|sincerely|best|yours( (sincerely|faithfully|truly))?|all the best)\s*[,.!]*\s*$/i;
const FOOT =
  /^\s*(sent from my |get outlook|this (e-?mail|message|communication) (and|is|may|contains)|confidentiality notice|unsubscribe|view in browser)/i;
const GREETING =
  /^\s*((hi|hello|dear|hey|good (morning|afternoon|evening))\b[^.?!]{0,40}|\p{Lu}[\p{L}.'-]+(( and|,| &| \/)? \p{Lu}[\p{L}.'-]+){0,2})\s*(,|:|-{1,2}|;)?\s*$/u;

function withoutFoot(lines: readonly string[]): string[] {
  const dashes = lines.findIndex((line) => /^-- ?$/.test(line));
  const foot = lines.findIndex((line) => FOOT.test(line));
  const ends = [dashes, foot].filter((at) => at >= 0);
  const kept = lines.slice(0, Math.min(lines.length, ...ends));
  const off = kept.findLastIndex((line) => SIGN_OFF.test(line));
  return off > 0 && kept.slice(off + 1).filter((line) => line.trim() !== "").length <= 8
    ? kept.slice(0, off)
    : kept;
}

/** What the product took out of the text, and says so. */
const FOLDED = /^\[(?:\d+ quoted lines? folded|signature cut|disclaimer cut)\]\s*$/;

function isFrame(line: string): boolean {
  return (
    HEADER_LINE.test(line) ||
    STAMP.test(line) ||
    /^-{3,}/.test(line) ||
    QUOTE_STARTS.some((pattern) => pattern.test(line))
  );
}

/** The sender's own words. A pure forward has none: then what was forwarded. */
export function ownText(text: string): { text: string; forwarded: boolean } {
  const lines = text
    .replaceAll("\r", "")
    .split("\n")
    .map((line) => (FOLDED.test(line) ? "" : line.trimEnd()));
  const own = withoutFoot(lines.slice(0, quoteStart(lines)).filter((line) => !/^\s*>/.test(line)))
    .join("\n")
    .trim();
  if (/\p{L}{2}/u.test(own)) return { text: own, forwarded: false };
  const start = Math.min(quoteStart(lines) + 1, lines.length);
  const rest = lines
    .slice(start)
    .map((line) => line.replace(/^[\s>]+/, ""))
    // What stood round a frame is not one sentence.
    .map((line) => (isFrame(line) ? "" : line));
  return { text: withoutFoot(rest).join("\n").trim(), forwarded: true };
}

const ABBREVIATION =
  /(?:\b(?:mr|mrs|ms|dr|prof|st|no|inc|ltd|corp|co|vs|approx|art|sec|e\.g|i\.e|a\.m|p\.m|u\.s|cf|etc|ca|est|fig|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|\b\p{L}|^\s*\d{1,2})\.$/iu;

function split(paragraph: string): string[] {
  const out: string[] = [];
  let held = "";
  for (const piece of paragraph.split(/(?<=[.!?])\s+/)) {
    held = held === "" ? piece : `${held} ${piece}`;
    if (ABBREVIATION.test(held)) continue;
    out.push(held);
    held = "";
  }
  return held === "" ? out : [...out, held];
}

const BULLET = /^\s*([-*•·]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+/;

function paragraphs(text: string): string[] {
  const out: string[] = [];
  let held: string[] = [];
  const flush = () => {
    if (held.length > 0) out.push(held.join(" "));
    held = [];
  };
  for (const line of text.split("\n")) {
    if (line.trim() === "") flush();
    else if (GREETING.test(line) && held.length === 0) flush();
    else {
      if (BULLET.test(line)) flush();
      held.push(line.replace(BULLET, "").trim());
    }
  }
  flush();
  return out;
}

export function sentencesOf(text: string): string[] {
  return paragraphs(text)
    .flatMap(split)
    .map((sentence) => sentence.replace(/\s+/g, " ").trim())
    .map((sentence) => sentence.replace(/^(hi|hello|dear|hey) \p{Lu}[\p{L}'-]*\s*[,:-]+\s*/iu, ""))
    .filter((sentence) => (sentence.match(/@/g) ?? []).length < 3)
    .filter((sentence) => !/^(?:https?:\/\/|www\.)\S+$/.test(sentence))
    .filter((sentence) => (sentence.match(/\p{L}{2,}/gu) ?? []).length >= 2);
}

/** Mail text that talks to an assistant instead of a person. It is reported, never done. */
export function isForAssistants(sentence: string): boolean {
  return /\b(ignore|disregard|forget|override)\b.{0,40}\b(instructions?|prompts?|rules|polic(?:y|ies)|guidelines)\b|\b(?:ignore|disregard|forget) (?:everything|all)(?: \w+)? (?:above|before)\b|\bsystem prompt\b|\byou are (now )?(an? )?(ai|assistant|language model|llm|chatbot)\b|\b(ai|llm) (assistant|agent|model)s?\b|^(assistant|system)\s*:/i.test(
    sentence,
  );
}
