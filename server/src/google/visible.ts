/** Text without the characters that a person can't see: they carry words to a model that its reader never reads. Pure. */

/** Format characters, fillers, tags and variation selectors. A joiner inside an emoji or between letters of a script that needs it is no word. */
const UNSEEN = /[\p{Cf}\p{Co}\p{DI}\u2800]/gu;
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
const TURNED = /[\u202d\u202e\u{e0000}-\u{e007f}]/u;

/** Fewer are the joiners, selectors and marks of ordinary writing. */
const FEW = 8;

export function visible(text: string): string {
  return text.replace(UNSEEN, "").replace(CONTROL, "");
}

/** How many of them hide something: text that is turned around, tags, or more than ordinary writing has. */
export function unseenIn(text: string): number {
  const unseen = text.match(UNSEEN)?.length ?? 0;
  return unseen > FEW || TURNED.test(text) ? unseen : 0;
}
