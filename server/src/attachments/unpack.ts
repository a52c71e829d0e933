/**
 * The wanted entries of a zip file, within limits: a small file that unpacks to more than a document holds is a bomb and is refused when the
 * limit is passed, whatever its headers promise. Pure.
 */
import { Unzip, UnzipInflate } from "fflate";

export class Unpackable extends Error {
  override readonly name = "Unpackable";
}

const MOST_ENTRIES = 5_000;
const MOST_BYTES = 60_000_000;
/** Deflate reaches 1,032. Documents stay far below: a spreadsheet of 20,000 repeated rows has 9. */
const MOST_RATIO = 250;
/** So much is unpacked before the ratio counts. */
const SMALL = 2_000_000;
const CHUNK = 4_096;

/** Text of each entry whose name is wanted. Throws `Unpackable`, its message a sentence for a person. */
export function unpack(bytes: Uint8Array, wanted: (name: string) => boolean): Map<string, string> {
  return new Map([...entriesOf(bytes, wanted)].map(([name, entry]) => [name, entry.toString()]));
}

/** Their bytes. */
export function entriesOf(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
): Map<string, Buffer> {
  const parts = new Map<string, Buffer[]>();
  let entries = 0;
  let size = 0;
  let pushed = 0;
  const zip = new Unzip((file) => {
    entries += 1;
    if (entries > MOST_ENTRIES) throw new Unpackable("It has more parts than a document has.");
    if (!wanted(file.name)) return;
    const chunks: Buffer[] = [];
    parts.set(file.name, chunks);
    file.ondata = (error, chunk) => {
      // What is thrown below comes back here as an error.
      if (error !== null) {
        throw error instanceof Unpackable ? error : new Unpackable("It is broken.");
      }
      size += chunk.length;
      if (size > MOST_BYTES || (size > SMALL && size > pushed * MOST_RATIO)) {
        throw new Unpackable("It unpacks to far more than a document holds, as a zip bomb does.");
      }
      chunks.push(Buffer.from(chunk));
    };
    file.start();
  });
  zip.register(UnzipInflate);
  try {
    // In small pieces, so that the limit is met before the memory is.
    for (let at = 0; at < bytes.length; at += CHUNK) {
      pushed += CHUNK;
      zip.push(bytes.subarray(at, at + CHUNK), at + CHUNK >= bytes.length);
    }
  } catch (error) {
    if (error instanceof Unpackable) throw error;
    throw new Unpackable("It is broken.");
  }
  return new Map([...parts].map(([name, chunks]) => [name, Buffer.concat(chunks)]));
}
