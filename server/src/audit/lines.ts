/**
 * Bytes to lines, for an export that may be hostile: cut at LF alone (a separator inside a row's text ends nothing), holding a chunk and
 * `most` bytes (a megabyte) at most. What is not UTF-8, or longer than that, comes out as the empty line, which no reader takes for a row.
 */
import { isUtf8 } from "node:buffer";
import { open } from "node:fs/promises";

const LINE_BYTES = 1_048_576;
const LF = 10;
const PIECE_BYTES = 262_144;

/** A file piece by piece in the same memory: a piece is over when the next is asked for. */
export async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file);
  try {
    const memory = new Uint8Array(PIECE_BYTES);
    for (;;) {
      const { bytesRead } = await handle.read(memory, 0, PIECE_BYTES);
      if (bytesRead === 0) return;
      yield memory.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

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
      const rest = Buffer.from(chunk.buffer, chunk.byteOffset + from, end - from);
      yield decode(begun.length === 0 ? rest : Buffer.concat([...begun, rest]));
      begun = [];
      held = 0;
      from = end + 1;
    }
    // A copy: whoever reads may use the chunk's memory again.
    begun.push(Uint8Array.from(chunk.subarray(from)));
    held += chunk.length - from;
    if (held > most) {
      yield "";
      return;
    }
  }
  if (held > 0) yield decode(Buffer.concat(begun));
}
