/**
 * Canonical JSON (RFC 8785) and its SHA-256: what was shown, asked, approved and executed are compared by this value alone.
 * Pure but for WebCrypto. Never formats a date or a number by locale.
 */
import canonicalize from "canonicalize";
import { z } from "zod";

export const Digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<"Digest">();
export type Digest = z.infer<typeof Digest>;

/** Half a surrogate pair is U+FFFD, which it becomes on every wire: RFC 8785 has no form for it. */
function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key.toWellFormed(), wellFormed(one)]),
  );
}

/** RFC 8785 text of a JSON value; keys with `undefined` values are left out. Throws on what JSON can't say. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(wellFormed(value));
  if (text === undefined) throw new TypeError("value has no JSON form");
  return text;
}

/** SHA-256 of UTF-8 text or bytes as 64 lower-case hex digits. */
export async function sha256Hex(input: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The digest of a JSON value. */
export async function digestOf(value: unknown): Promise<Digest> {
  return Digest.parse(await sha256Hex(canonicalJson(value)));
}

// Crockford base 32: no I, L, O or U, so that a code read aloud is heard right.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * The code a person compares on the panel and the phone: 40 bits of SHA-256 over digest and approval id, `XXXX-XXXX`.
 * It names one push: asking again for the same content shows another code.
 */
export async function codeOf(digest: Digest, approvalId: string): Promise<string> {
  const hex = await sha256Hex(`${digest}.${approvalId}`);
  let bits = BigInt(`0x${hex.slice(0, 10)}`);
  let code = "";
  for (let i = 0; i < 8; i += 1) {
    code = (ALPHABET[Number(bits & 31n)] ?? "") + code;
    bits >>= 5n;
  }
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
