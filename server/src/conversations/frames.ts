/** A panel's stream on the wire (WHATWG HTML 9.2): events with their numbers, and comments that are hints. */
import { ASKED } from "@vaultdesk/shared/api.ts";

import type { ToldEvent } from "./log.ts";

const LARGE_BYTES = 16_384;

export const STILL_HERE = Buffer.from(": still here\n\n");
export const SOMETHING_ASKED = Buffer.from(`: ${ASKED}\n\n`);

export function retryIn(ms: number): Uint8Array {
  return Buffer.from(`retry: ${ms}\n\n`);
}

/** `size` in bytes. */
export function framed(events: readonly ToldEvent[]) {
  const pieces = events.flatMap(frame);
  return {
    size: pieces.reduce((sum, { length }) => sum + length, 0),
    chunks: chunked(pieces),
  };
}

/** What is small goes together; what is large goes as it is, since a copy of it would be the collector's work and nobody's gain. */
function* chunked(pieces: readonly Uint8Array[]): Generator<Uint8Array, void> {
  const small: Uint8Array[] = [];
  for (const piece of pieces) {
    if (piece.length < LARGE_BYTES) {
      small.push(piece);
      continue;
    }
    yield Buffer.concat(small.splice(0));
    yield piece;
  }
  if (small.length > 0) yield Buffer.concat(small);
}

function frame({ seq, json }: ToldEvent): Uint8Array[] {
  return [Buffer.from(`id: ${seq}\ndata: `), ...json, Buffer.from("\n\n")];
}
