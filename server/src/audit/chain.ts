/**
 * The audit chain, and the JSON Lines in which it leaves the server: a header, the rows, a signed head. Pure.
 * A line has one spelling, the one `lineOf` writes: no edit of a byte reads as the same row, and no two readers read it differently.
 */
import { createPublicKey, hash as digest, verify } from "node:crypto";

import { rowText } from "@vaultdesk/shared/audit.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import { z } from "zod";

export const GENESIS = "0".repeat(64);

export function hashOf(prev: string, seq: number, at: string, entry: string): string {
  return digest("sha256", rowText(prev, seq, at, entry), "hex");
}

export const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Unpadded base64url of exactly `bytes` bytes, in its one spelling (RFC 4648 3.5: spare bits are zero). */
function base64url(bytes: number) {
  return z.string().refine((text) => {
    const raw = Buffer.from(text, "base64url");
    return raw.length === bytes && raw.toString("base64url") === text;
  }, `must be ${bytes} bytes in base64url`);
}

/** A raw Ed25519 public key. */
export const PublicKey = base64url(32);

const Header = z.strictObject({
  format: z.literal("vaultdesk-audit"),
  version: z.literal(1),
  publicKey: PublicKey,
});
export type Header = z.infer<typeof Header>;

export interface Row {
  seq: number;
  /** ISO 8601, as the server writes it. */
  at: string;
  /** The text as it was hashed, not the object. */
  entry: string;
  prev: string;
  hash: string;
}

/** The last row's number and hash, and the time at which the server said so; `0` and `GENESIS` before the first row. */
const Head = z.strictObject({ seq: z.int().nonnegative(), hash: Hash, at: z.iso.datetime() });
export type Head = z.infer<typeof Head>;

/** Of Ed25519. */
export const Signature = base64url(64);

const SignedHead = z.strictObject({ head: Head, signature: Signature });
export type SignedHead = z.infer<typeof SignedHead>;

/** JSON in its one spelling: the members in the order in which they are named. */

export function lineOf(value: Header | Row | SignedHead): string {
  return JSON.stringify(value);
}

export function read<T>(schema: z.ZodType<T>, line: string): T | undefined {
  let value: unknown;
  try {
    value = parseJson(line);
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(value);
  return parsed.success && JSON.stringify(parsed.data) === line ? parsed.data : undefined;
}

export function readHeader(line: string): Header | undefined {
  return read(Header, line);
}

const START = String.raw`^\{"seq":([1-9]\d{0,14}),"at":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)","entry":`;
const END = String.raw`,"prev":"([0-9a-f]{64})","hash":"([0-9a-f]{64})"\}$`;
/** ASCII without an escape but that of a quotation mark: nothing in it can be spelled otherwise. */
const PLAIN = String.raw`("[ !#-[\]-~]*(?:\\"[ !#-[\]-~]*)*")`;
const PLAIN_ROW = new RegExp(START + PLAIN + END);
const ANY_ROW = new RegExp(`${START}(".*")${END}`, "s");

function unquoted(quoted: string): string | undefined {
  try {
    const entry = parseJson(quoted);
    return typeof entry === "string" ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** By hand: there are millions of them, and a schema would take most of the time that a check takes. */
export function readRow(line: string): Row | undefined {
  const plain = PLAIN_ROW.exec(line);
  const [, seq, at = "", quoted = "", prev = "", hash = ""] = plain ?? ANY_ROW.exec(line) ?? [];
  if (seq === undefined || Number.isNaN(Date.parse(at))) return undefined;
  const entry = unquoted(quoted);
  if (entry === undefined) return undefined;
  if (plain === null && JSON.stringify(entry) !== quoted) return undefined;
  return { seq: Number(seq), at, entry, prev, hash };
}

export function readHead(line: string): SignedHead | undefined {
  return read(SignedHead, line);
}

/** What is signed: the context first, so that no signature made for anything else is one of these. */
export function signedBytes({ seq, hash, at }: Head): Buffer {
  return Buffer.from(`vaultdesk audit head v1\n${seq}\n${hash}\n${at}`);
}

/** Ed25519, `publicKey` and `signature` in base64url. */
export function signatureHolds(publicKey: string, signed: Buffer, signature: string): boolean {
  try {
    const key = createPublicKey({
      key: { kty: "OKP", crv: "Ed25519", x: publicKey },
      format: "jwk",
    });
    return verify(null, signed, key, Buffer.from(signature, "base64url"));
  } catch {
    return false;
  }
}
