/** How a person writes, counted from their own texts: greeting, sign-off, length, language, form of address. Pure. */
export interface StyleFacts {
  /** With `{name}` where the name stood; absent when they mostly write none. */
  greeting: string | undefined;
  signOff: string | undefined;
  medianWords: number;
  /** Two letters. */
  language: string | undefined;
  address: "formal" | "informal" | undefined;
}

const GREETING =
  /^(hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|liebe[rs]?|sehr geehrte[r]?(?: (?:frau|herr))?|guten (?:tag|morgen)|moin|bonjour|salut|chère?|hola|estimad[oa]|buenos días|ciao|car[oa]|gentile|buongiorno|olá|beste)\b([^,!:.–-]{0,40})([,!:–-]?)$/i;
const SIGN_OFF =
  /^(?:(?:all the |with )?best(?: wishes| regards)?|(?:kind|warm|best)(?:est)? regards|regards|(?:many )?thanks|thank you|cheers|sincerely|yours|mit (?:freundlichen|besten) gr(?:ü|ue)(?:ß|ss)en|(?:viele|beste|liebe|herzliche) gr(?:ü|ue)(?:ß|ss)e|lg|mfg|vg|gru(?:ß|ss)|cordialement|bien à vous|(?:un )?saludos?|cordiali saluti|atenciosamente|abraços?)\b.{0,30}$/i;
const WORDS: Readonly<Record<string, readonly string[]>> = {
  en: ["the", "and", "you", "to", "is", "we", "for", "of"],
  de: ["der", "die", "und", "ich", "wir", "ist", "nicht", "für"],
  fr: ["le", "les", "et", "vous", "nous", "est", "pour", "des"],
  es: ["el", "los", "y", "que", "para", "por", "una", "es"],
  it: ["il", "che", "per", "di", "sono", "una", "è", "gli"],
  nl: ["het", "een", "en", "wij", "niet", "voor", "van", "ik"],
};

const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

function greetingOf(text: string): string {
  const found = GREETING.exec(linesOf(text)[0] ?? "");
  if (found === null) return "";
  const [, word = "", name = "", mark = ""] = found;
  return `${word}${name.trim() === "" ? "" : " {name}"}${mark}`;
}

function signOffOf(text: string): string {
  const lines = linesOf(text);
  const at = lines.findLastIndex((line) => SIGN_OFF.test(line));
  return at >= 0 && at >= lines.length - 3 ? lines.slice(at).join("\n") : "";
}

/** The most frequent; of several, the newest. */
function usual(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [best] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? [];
  return best === "" ? undefined : best;
}

const words = (text: string) => text.split(/\s+/).filter((word) => word !== "");

function languageOf(all: string): string | undefined {
  const said = words(all.toLowerCase().replace(/[^\p{L}\s]/gu, " "));
  const scores = Object.entries(WORDS).map(
    ([language, known]) => [language, said.filter((word) => known.includes(word)).length] as const,
  );
  const [language, score] = scores.toSorted(([, a], [, b]) => b - a)[0] ?? ["", 0];
  return score === 0 ? undefined : language;
}

function addressOf(all: string, greeting: string, language: string | undefined) {
  const formal = { de: /\b(?:Sie|Ihnen|Ihre[nmrs]?)\b/, fr: /\bvous\b/i, es: /\busted\b/i };
  const close = {
    de: /\b(?:du|dir|dich|dein\w*|euch)\b/i,
    fr: /\b(?:tu|toi|te)\b/i,
    es: /\bt(?:ú|e|u)\b/i,
  };
  if (language === "de" || language === "fr" || language === "es") {
    if (close[language].test(all)) return "informal";
    if (formal[language].test(all)) return "formal";
  }
  if (/^(?:dear|sehr geehrte|estimad|gentile|guten tag)/i.test(greeting)) return "formal";
  return greeting === "" ? undefined : "informal";
}

/** Newest first. */
export function styleOf(texts: readonly string[]): StyleFacts {
  const all = texts.join("\n");
  const lengths = texts.map((text) => words(text).length).toSorted((a, b) => a - b);
  const greeting = usual(texts.map(greetingOf));
  const language = languageOf(all);
  return {
    greeting,
    signOff: usual(texts.map(signOffOf)),
    medianWords: lengths[Math.floor((lengths.length - 1) / 2)] ?? 0,
    language,
    address: addressOf(all, greeting ?? "", language),
  };
}
