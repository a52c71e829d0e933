/** Finding words in what was opened: case and accents do not count, every word must be there. Pure. */
import type { EventBody } from "@vaultdesk/shared/event.ts";

function folded(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

export function wordsOf(query: string): string[] {
  return folded(query)
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** Questions and answers; what tools read and drafts say is not searched. */
export function spoken(bodies: readonly EventBody[]): string {
  let text = "";
  for (const body of bodies) {
    if (body.type === "run.started") text += `\n${body.text}\n`;
    // Deltas of an answer go on from each other: a word may be cut between two.
    if (body.type === "text.delta") text += body.text;
  }
  return text;
}

export function matches(text: string, words: readonly string[]): boolean {
  const within = folded(text);
  return words.every((word) => within.includes(word));
}
