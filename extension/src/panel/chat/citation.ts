/** `[msg:ID]` in an answer -> a numbered link of a scheme that only this panel knows: an answer can't write one itself. Pure. */

export const CITE = `message-${crypto.randomUUID()}:`;

const WHOLE = /\[msg:([0-9a-f]{8,17})\]/g;
/** A citation that is still arriving. */
const PARTIAL = /\[(?:m(?:s(?:g(?::[0-9a-f]{0,17})?)?)?)?$/;

/** Markdown with each cited message under its number, the first cited first. */
export function withCitations(text: string, arriving: boolean): string {
  const numbers = new Map<string, number>();
  const steady = arriving ? text.replace(PARTIAL, "") : text;
  return steady.replace(WHOLE, (_all, id: string) => {
    const number = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, number);
    return `[${number}](${CITE}${id})`;
  });
}
