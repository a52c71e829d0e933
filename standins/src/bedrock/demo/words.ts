/** Words that carry meaning, for comparing sentences. Pure. */

const STOP = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by can could did do
does doing down during each email emails few for from further had has have having he her here hers him his how i if in into is it its
just know let like mail mails me message more most my need no nor not now of off on once only or other our out over own please re
regarding said same say says she should so some such tell than thank thanks that the their them then there these they this those
thread through to too under until up us very was we were what when where which while who whom why will with would write wrote you
your yours get got going go any anything something us one two per via etc still yet may might must shall want wanted asked ask
kindly dear hi hello regards best send sent`.split(/\s+/),
);

export function stem(word: string): string {
  const plain = word.toLowerCase().replace(/'s$|’s$/, "");
  if (plain.length <= 4) return plain.replace(/(?<=\w{3})s$/, "");
  return plain
    .replace(/(ies)$/, "y")
    .replace(/(ations?|ated|ating|ates?)$/, "at")
    .replace(/(ings?|ed|es|s|ly)$/, "")
    .replace(/e$/, "");
}

export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'’&.@-]*[\p{L}\p{N}]|[\p{L}\p{N}]/gu) ?? [];
}

export function isStopWord(word: string): boolean {
  return STOP.has(word.toLowerCase());
}

/** Stems of the content words. */
export function keysOf(text: string): Set<string> {
  return new Set(
    wordsOf(text)
      .filter((word) => !isStopWord(word) && word.length > 1)
      .map(stem),
  );
}

export function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0;
  for (const key of a) if (b.has(key)) count += 1;
  return count;
}

/** One line of mail for an answer: no marks that only the model may write, cut at a word. */
export function quoted(text: string, most = 280): string {
  const flat = text
    .replace(/\[\s*msg/gi, "(msg")
    .replace(/\s+/g, " ")
    .trim();
  const cut = flat.length <= most ? flat : `${flat.slice(0, most).replace(/\s+\S*$/, "")}…`;
  return `“${cut.replace(/[“”]/g, '"')}”`;
}

export function list(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? "";
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

export function plural(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}
