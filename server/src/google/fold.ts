/**
 * The text of each message of a thread without what it only repeats: quotes of earlier messages, signatures, disclaimers. What is taken out
 * is named in its place with its number of lines. A quote of something that stands nowhere else in the thread stays, and so does an answer
 * between quoted lines. Pure.
 */

const MARK = /^\s*(?:>\s?)+/;
const ATTRIBUTION =
  /^\s*(?:>+\s*)?(?:(?:on|am|le|el)\b.{4,200}\b(?:wrote|schrieb|a écrit|escribió)\s*:?|-{2,}\s*(?:original message|forwarded (?:message|by .{0,80})|ursprüngliche nachricht|message d'origine)\s*-{2,}.*|_{10,})\s*$/iu;
const HEADER =
  /^\s*(?:>+\s*)?\*?(?:from|sent|to|cc|bcc|subject|date|von|gesendet|an|betreff|de|envoyé|à|objet|para|asunto|enviado)\*?\s*:\s?.*$/iu;
/** A line this short proves nothing by standing in another message. */
const SHORT = 12;
const LEAST = 2;

function words(line: string): string {
  return line.replace(MARK, "").replace(/\s+/g, " ").trim().toLowerCase();
}

function folded(count: number): string {
  return `[${count} quoted line${count === 1 ? "" : "s"} folded]`;
}

type Kind = "own" | "known" | "frame" | "blank";

/** What the thread said before: by whole lines, and as one text for those that were wrapped anew. */
interface Past {
  lines: Set<string>;
  text: string;
  /** Characters that may still be gone through. Without any left a quote that was wrapped anew stays. */
  left: number;
}

function isIn(past: Past, line: string): boolean {
  if (past.lines.has(line)) return true;
  if (past.left <= 0) return false;
  const at = past.text.indexOf(line);
  past.left -= at === -1 ? past.text.length : at;
  return at !== -1;
}

/** What each line is: said here, known from before, the frame of a quote, or nothing that counts by itself. */
function kindsOf(lines: readonly string[], past: Past): Kind[] {
  let quoted = false;
  return lines.map((line): Kind => {
    if (line.trim() === "" || line.replace(MARK, "").trim() === "") return "blank";
    if (ATTRIBUTION.test(line)) {
      quoted = true;
      return "frame";
    }
    const marked = MARK.test(line);
    if (!quoted && !marked) return "own";
    if (HEADER.test(line)) return "frame";
    const text = words(line);
    if (text.length < SHORT) return marked ? "known" : "blank";
    return isIn(past, text) ? "known" : "own";
  });
}

/** Runs of known lines with their frames and the blank lines between, as one line each. */
function withoutQuotes(text: string, past: Past): string {
  if (past.text === "") return text;
  const lines = text.split("\n");
  const kinds = kindsOf(lines, past);
  const out: string[] = [];
  let at = 0;
  while (at < lines.length) {
    if (kinds[at] === "blank" || kinds[at] === "own") {
      out.push(lines[at] ?? "");
      at += 1;
      continue;
    }
    let end = at;
    let known = 0;
    let last = at;
    while (end < lines.length && kinds[end] !== "own") {
      if (kinds[end] === "known") known += 1;
      if (kinds[end] !== "blank") last = end + 1;
      end += 1;
    }
    if (known >= LEAST) out.push(folded(last - at), ...lines.slice(last, end));
    else out.push(...lines.slice(at, end));
    at = end;
  }
  return out.join("\n");
}

const SIGNATURE_LINES = 12;

/** From `-- ` to the end or to the next quote (RFC 3676 4.3), where it is no longer than a signature is. */
function withoutSignature(text: string): string {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => /^--\s?$/.test(line));
  if (at === -1) return text;
  const quote = lines.findIndex(
    (line, index) =>
      index > at && (MARK.test(line) || ATTRIBUTION.test(line) || /^\[\d+ quoted/.test(line)),
  );
  const end = quote === -1 ? lines.length : quote;
  if (end - at > SIGNATURE_LINES) return text;
  return [...lines.slice(0, at), "[signature cut]", ...lines.slice(end)].join("\n");
}

const LEGAL = [
  /\bconfidential/i,
  /\bprivileged\b/i,
  /\bintended (?:only|solely|recipient|for)\b/i,
  /\bin error\b/i,
  /\b(?:delete|destroy) (?:it|this|the|all)\b/i,
  /\bunauthori[sz]ed\b/i,
  /\bdisclos(?:e|ure)\b/i,
  /\b(?:vertraulich|irrtümlich)\b/i,
];

/** Last paragraphs that only lawyers wrote: at least three of their words, and no less than a sentence or two. */
function withoutDisclaimer(text: string): string {
  const paragraphs = text.split(/\n{2,}/);
  const cut = paragraphs.map((paragraph, index) => {
    const late = index > 0 && index >= paragraphs.length - 4;
    const hits = LEGAL.filter((word) => word.test(paragraph)).length;
    const quoted = MARK.test(paragraph);
    return late && !quoted && paragraph.length > 120 && hits >= 3 ? "[disclaimer cut]" : paragraph;
  });
  return cut
    .join("\n\n")
    .replace(/\[disclaimer cut\](?:\s+\[disclaimer cut\])+/g, "[disclaimer cut]");
}

/** How far back a quote is looked for, in characters: longer threads repeat the near past. */
const PAST = 400_000;
/** 250 lines that stand nowhere, in a past that is full. */
const MOST_GONE_THROUGH = 100_000_000;

/** Texts in the order of the thread, each folded against those before it. */
export function foldThread(texts: readonly string[]): string[] {
  const past: Past = { lines: new Set(), text: "", left: MOST_GONE_THROUGH };
  return texts.map((text) => {
    const own = withoutDisclaimer(withoutSignature(withoutQuotes(text, past)));
    // White space is squeezed out of it: twice as much is enough.
    const near = text.slice(-2 * PAST);
    const lines = near.split("\n").map(words);
    for (const line of lines) past.lines.add(line);
    const flat = lines.join(" ").replace(/\s+/g, " ");
    past.text = `${past.text} ${flat}`.slice(-PAST);
    return own.trim();
  });
}
