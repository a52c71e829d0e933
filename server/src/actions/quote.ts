/** The original under an answer, and the signature above it, as Gmail writes both in plain text. Pure. */
import type { Replied } from "../google/mail.ts";

function said(date: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  }).format(new Date(date));
  return `${parts.replaceAll(",", "").replace(" ", ", ")} at ${date.slice(11, 16)} UTC`;
}

export function quoted(original: Replied): string {
  const lines = original.text
    .split("\n")
    .map((line) => (line === "" || line.startsWith(">") ? `>${line}` : `> ${line}`));
  return `On ${said(original.date)}, ${original.from} wrote:\n${lines.join("\n")}`;
}

export function forwarded(original: Replied): string {
  return [
    "---------- Forwarded message ---------",
    `From: ${original.from}`,
    `Date: ${said(original.date)}`,
    `Subject: ${original.subject}`,
    `To: ${original.to}`,
    ...(original.cc === "" ? [] : [`Cc: ${original.cc}`]),
    "",
    "",
    original.text,
  ].join("\n");
}

const words = (text: string) => text.replace(/\s+/g, " ").trim();

/** RFC 3676 4.3 names the line `-- `. */
export function signed(body: string, signature: string): string {
  const text = body.trimEnd();
  if (signature === "" || words(text).endsWith(words(signature))) return text;
  return `${text}\n\n-- \n${signature}`;
}
