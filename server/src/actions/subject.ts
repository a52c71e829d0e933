/** Subjects of answers: one `Re:` or `Fwd:`, whatever language wrote the others. Pure. */

/** As mail programs write "re" and "fwd" in English, German, French, Spanish, Italian, Portuguese, Dutch, Nordic and Polish. */
const REPLY = [
  "re",
  "aw",
  "antw",
  "antwort",
  "sv",
  "vs",
  "rép",
  "rif",
  "res",
  "odp",
  "回复",
  "答复",
];
const FORWARD = ["fwd", "fw", "wg", "tr", "rv", "enc", "doorst", "vb", "vl", "pd", "转发"];

function prefix(words: readonly string[]): RegExp {
  return new RegExp(
    String.raw`^\s*(?:${words.join("|")})(?:\s*[[(]\d{1,3}[\])])?\s*[:：]\s*`,
    "iu",
  );
}

const REPLIED = prefix(REPLY);
const ANY = prefix([...REPLY, ...FORWARD]);

/** One line: a break in a subject would start a header of its own. */
export function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, " ").trim();
}

/** What all the subjects of one thread have in common. */
export function bareSubject(subject: string): string {
  let bare = oneLine(subject);
  while (ANY.test(bare)) bare = bare.replace(ANY, "");
  return bare.replace(/\s+/g, " ").trim();
}

export function replySubject(subject: string): string {
  return REPLIED.test(subject) ? oneLine(subject) : `Re: ${oneLine(subject)}`.trim();
}

export function forwardSubject(subject: string): string {
  return `Fwd: ${bareSubject(subject)}`.trim();
}
