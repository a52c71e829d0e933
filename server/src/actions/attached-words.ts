/** Words that promise a file. Judged on what the user writes, never on quoted text. Pure. */
const PROMISES: readonly RegExp[] = [
  /\battached\b(?! to (?!this (?:e-?mail|mail|message)\b))/i,
  /\battaching\b/i,
  /\bI(?:'m| am| have|'ve)? (?:enclos|attach)(?:e|ed|ing)?\b/i,
  /\b(?:please )?find enclosed\b|\benclosed (?:please|is|are|you)\b|\b(?:is|are) enclosed\b/i,
  /\b(?:in|see|per) the (?:attachment|enclosure)s?\b/i,
  /\banbei\b|\bim anhang\b|\banliegend\b|\bals anlage\b|\bin der anlage\b|\bbeigefügt\b|\bangehängt\b/i,
  /\bci-joint(?:e?s?)?\b|\ben pièces? jointes?\b/i,
  /\badjunt[oa]s?\b|\badjuntamos\b/i,
  /\bin allegato\b|\ballegat[oaie]\b/i,
  /\bem anexo\b|\banex[oa]s?\b/i,
  /\bin (?:de )?bijlage\b|\bbijgevoegd\b/i,
];

/** A sentence that says that there is no file promises none. */
const DENIES =
  /\b(?:not|nothing|no longer|without|isn't|aren't|wasn't|weren't|kein\w*|nicht)\b[^.!?\n]{0,30}\b(?:attach|enclos|anhang|angehängt|beigefügt)|\byou(?:r| have| had|'ve)? attached\b/i;

/** Sentences of the user's own that promise a file. */
function promises(body: string): string[] {
  const own = body.split("\n").filter((line) => !line.startsWith(">"));
  return own
    .join(" ")
    .split(/(?<=[.!?])\s+/)
    .filter((text) => !DENIES.test(text) && PROMISES.some((promise) => promise.test(text)));
}

export function promisesFile(body: string): boolean {
  return promises(body).length > 0;
}

const FILE_END = /\.(?:docx?|xlsx?|pptx?|pdf|csv|txt|rtf|zip|eml|msg|png|jpe?g)$/i;
/** Begins a sentence more often than a file's name. */
const NO_NAME = /^(?:See|Please|Find|I|We|The|A|An|My|Our|Your|Attached|Enclosed|Here|In|And)$/;
const MOST_WORDS = 6;

const isName = (word = "") => /^[\p{Lu}\p{N}][^,;:]*$/u.test(word) && !NO_NAME.test(word);

/** File names in a sentence: the word with the ending, and the words before it that are written like a name. */
function namesIn(sentence: string): string[] {
  const words = sentence.split(/\s+/).map((word) => word.replace(/^["“„«(]+/, ""));
  return words.flatMap((word, at) => {
    const last = word.replace(/["”“»).,;:!?]+$/, "");
    if (!FILE_END.test(last)) return [];
    let from = at;
    while (at - from < MOST_WORDS && isName(words[from - 1])) from -= 1;
    return [[...words.slice(from, at), last].join(" ")];
  });
}

const plain = (name: string) => name.toLowerCase().replaceAll(/[\s_]+/g, " ");

/** Files that a promise names and that are not attached. The end of a name is enough: where it begins in a sentence is a guess. */
export function notAttached(body: string, attached: readonly string[]): string[] {
  const names = attached.map(plain);
  const fits = (named: string) =>
    names.some((name) => plain(named).endsWith(name) || name.endsWith(plain(named)));
  return promises(body)
    .flatMap(namesIn)
    .filter((named) => !fits(named));
}
