/**
 * Bytes to lines, for an export that may be hostile: cut at LF alone (a separator inside a row's text ends nothing), holding a chunk and
 * `most` bytes (a megabyte) at most. What is not UTF-8, or longer than that, comes out as the empty line, which no reader takes for a row.
 */
import { isUtf8 } from "node:buffer";

const LINE_BYTES = 1_048_576;
const LF = 10;

function decode(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString("utf8") : "";
}

export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  most = LINE_BYTES,
): AsyncGenerator<string> {
  let begun: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, from)) {
      yield decode(Buffer.concat([...begun, chunk.subarray(from, end)]));
      begun = [];
      held = 0;
      from = end + 1;
    }
    begun.push(chunk.subarray(from));
    held += chunk.length - from;
    if (held > most) {
      yield "";
      return;
    }
  }
  if (held > 0) yield decode(Buffer.concat(begun));
}
