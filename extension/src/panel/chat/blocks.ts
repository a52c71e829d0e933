/**
 * Markdown in blocks that can be read one by one, so that a word that arrives costs its own block and not the whole answer. Pure. Put together
 * the blocks are the text; each word more changes only the last of them.
 */

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** What may go on with the block above, over an empty line: something indented, or one more item of a list. */
const GOES_ON = /^(?:\s|[-*+][ \t]|\d{1,9}[.)][ \t])/;
/** A link that is named elsewhere in the text. */
const NAMED = /^ {0,3}\[[^\]]+\]:/m;

export function blocksOf(text: string): string[] {
  if (NAMED.test(text)) return [text];
  const blocks: string[] = [];
  let block = "";
  let fence: string | undefined;
  let empty = false;
  for (const line of text.split(/(?<=\n)/)) {
    if (fence === undefined && empty && line.trim() !== "" && !GOES_ON.test(line)) {
      blocks.push(block);
      block = "";
    }
    const mark = FENCE.exec(line)?.[1];
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence) === true && line.trim() === mark) fence = undefined;
    empty = line.trim() === "";
    block += line;
  }
  return block === "" ? blocks : [...blocks, block];
}
