/** `[msg:ID]` in an answer -> a numbered link of a scheme that only this panel knows: an answer can't write one itself. Pure. */

export const CITE = `message-${crypto.randomUUID()}:`;

const WHOLE = /\[msg:([0-9a-f]{8,17})\]/g;
/** A citation that is still arriving. */
const PARTIAL = /\[(?:m(?:s(?:g(?::[0-9a-f]{0,17})?)?)?)?$/;

/** Each cited message under its number, the first cited first. */
function numbered(text: string, show: (number: number, id: string) => string): string {
  const numbers = new Map<string, number>();
  return text.replace(WHOLE, (_all, id: string) => {
    const number = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, number);
    return show(number, id);
  });
}

/** For the clipboard: the numbers alone. */
export function plainCitations(text: string): string {
  return numbered(text, (number) => `[${number}]`);
}

/** Markdown whose citations are links. */
export function withCitations(text: string, arriving: boolean): string {
  const steady = arriving ? text.replace(PARTIAL, "") : text;
  return numbered(steady, (number, id) => `[${number}](${CITE}${id})`);
}
