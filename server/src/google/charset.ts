/**
 * Bytes of a text part -> text. The part's own charset (RFC 2046 4.1.2) counts where the bytes are no UTF-8, or are in a 7-bit charset
 * that UTF-8 would read as control characters. Pure.
 */
import { TextDecoder } from "node:util";

const ESCAPED = /^(?:iso-2022-|hz-gb)/i;

/** In lower case. */
export function charsetOf(contentType: string): string | undefined {
  return /charset\s*=\s*["']?([A-Za-z0-9_:.+-]{1,40})/i.exec(contentType)?.[1]?.toLowerCase();
}

function decoderOf(charset: string | undefined): TextDecoder | undefined {
  if (charset === undefined) return undefined;
  try {
    return new TextDecoder(charset);
  } catch {
    return undefined;
  }
}

export function decodeText(bytes: Uint8Array, contentType: string): string {
  const charset = charsetOf(contentType);
  const own = decoderOf(charset);
  if (own !== undefined && ESCAPED.test(charset ?? "") && bytes.includes(0x1b)) {
    return own.decode(bytes);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Undeclared or unknown: what Outlook of the west writes is the likeliest.
    return (own ?? new TextDecoder("windows-1252")).decode(bytes);
  }
}
