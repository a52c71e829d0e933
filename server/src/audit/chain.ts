/** What makes rows a chain: each hash is over the one before. Pure. */
import { createHash } from "node:crypto";

export const GENESIS = "0".repeat(64);

export function hashOf(prev: string, seq: number, at: string, entry: string): string {
  return createHash("sha256").update(`${prev}\n${seq}\n${at}\n${entry}`).digest("hex");
}
