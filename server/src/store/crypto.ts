/**
 * Content at rest: AES-256-GCM under a key per user, wrapped by the master key. Forgetting a user = destroying the wrapped key.
 * A sealed value is bound to its place by `place` (the additional data), so that a row copied over another does not open.
 */
import { type CipherKey, createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** version (1 byte) | iv (12) | tag (16) | ciphertext. */
export function seal(key: CipherKey, plain: Uint8Array | string, place: string): Uint8Array {
  // A random 96-bit IV: NIST SP 800-38D 8.3 allows 2^32 of them under one key, and keys are per user.
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  cipher.setAAD(Buffer.from(place));
  const body = Buffer.concat([
    typeof plain === "string" ? cipher.update(plain, "utf8") : cipher.update(plain),
    cipher.final(),
  ]);
  return Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), body]);
}

/** The plain bytes of `seal`. Throws when the key, the place or a byte is another. */
export function open(key: CipherKey, sealed: Uint8Array, place: string): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes[0] !== VERSION || bytes.length < 1 + IV_BYTES + TAG_BYTES) {
    throw new Error("sealed value has an unknown form");
  }
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(1, 1 + IV_BYTES));
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(bytes.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES));
  const plain = decipher.update(bytes.subarray(1 + IV_BYTES + TAG_BYTES));
  // Checks the tag. GCM encrypts byte by byte: nothing is left to come.
  decipher.final();
  return plain;
}

export function newKey(): Uint8Array {
  return randomBytes(32);
}
