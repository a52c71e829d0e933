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

export function promisesFile(body: string): boolean {
  const own = body.split("\n").filter((line) => !line.startsWith(">"));
  return own
    .join(" ")
    .split(/(?<=[.!?])\s+/)
    .some((text) => !DENIES.test(text) && PROMISES.some((promise) => promise.test(text)));
}
