/** What a file is, by its first bytes and not by what it says of itself. Pure. */

export type Kind = "pdf" | "zip" | "ole" | "tnef" | "image" | "html" | "text" | "unknown";

const MAGIC: readonly [Kind, readonly number[]][] = [
  ["pdf", [0x25, 0x50, 0x44, 0x46]],
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  ["zip", [0x50, 0x4b, 0x05, 0x06]],
  ["ole", [0xd0, 0xcf, 0x11, 0xe0]],
  ["tnef", [0x78, 0x9f, 0x3e, 0x22]],
  ["image", [0x89, 0x50, 0x4e, 0x47]],
  ["image", [0xff, 0xd8, 0xff]],
  ["image", [0x47, 0x49, 0x46, 0x38]],
  ["image", [0x49, 0x49, 0x2a, 0x00]],
  ["image", [0x4d, 0x4d, 0x00, 0x2a]],
];

/** Few control characters in the beginning: what a person could read. */
function isText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 4096);
  const controls = head.filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
  return controls.length <= head.length / 200;
}

export function kindOf(bytes: Uint8Array): Kind {
  const found = MAGIC.find(([, magic]) => magic.every((byte, index) => bytes[index] === byte));
  if (found !== undefined) return found[0];
  // Some PDFs begin with a few bytes of a mail gateway.
  const head = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  if (head.includes("%PDF-")) return "pdf";
  if (!isText(bytes)) return "unknown";
  return /<(?:!doctype html|html|body)\b/i.test(head) ? "html" : "text";
}
