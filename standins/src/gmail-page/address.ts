/** Names and ids as Gmail writes them. Pure. */
import { createHash } from "node:crypto";

export interface Person {
  name: string;
  email: string;
}

export function personOf(header: string): Person {
  const [, name, angled] = header.match(/^\s*(.*?)\s*<([^<>]*)>\s*$/) ?? [];
  const email = (angled ?? header).trim().toLowerCase();
  const bare = (name ?? "").replaceAll('"', "").trim();
  return { name: bare === "" ? (email.split("@")[0] ?? email) : bare, email };
}

/** Commas inside quotes or angle brackets belong to one address. */
export function peopleOf(header: string): Person[] {
  return (header.match(/(?:"[^"]*"|<[^>]*>|[^,"<])+/g) ?? [])
    .filter((one) => one.trim() !== "")
    .map(personOf);
}

/** `thread-f:` and `msg-f:` hold the API's id in decimal; an id that Gmail would not give counts as not yet synced. */
export function permanentId(kind: "thread" | "msg", id: string): string {
  return /^[0-9a-f]{15,17}$/.test(id)
    ? `${kind}-f:${BigInt(`0x${id}`).toString()}`
    : `${kind}-a:r${id}`;
}

/** What the address bar shows for a thread: as in Gmail it does not hold the id. */
export function tokenOf(threadId: string): string {
  const letters = createHash("sha256")
    .update(threadId)
    .digest("base64")
    .replace(/[^A-Za-z]/g, "");
  return `FMfcgz${letters.slice(0, 26)}`;
}

export function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${Math.round(kilobytes)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}

/** One of six, always the same for the same person. */
export function tintOf(email: string): string {
  let sum = 0;
  for (const letter of email) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return `tint-${sum % 6}`;
}
