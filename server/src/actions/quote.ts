/** The original under an answer, and the signature above it, as Gmail writes both in plain text. Pure. */
import type { Replied } from "../google/mail.ts";
import { isZone } from "../time/zone.ts";

/** In the zone of the person who writes, as Gmail does; where that is not known, in UTC, and said. */
function said(date: string, asked: string | undefined): string {
  const timeZone = asked !== undefined && isZone(asked) ? asked : undefined;
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: timeZone ?? "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(new Date(date));
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((one) => one.type === type)?.value ?? "";
  const day = `${part("weekday")}, ${part("day")} ${part("month")} ${part("year")}`;
  return `${day} at ${part("hour")}:${part("minute")}${timeZone === undefined ? " UTC" : ""}`;
}

export function quoted(original: Replied, timeZone?: string): string {
  const lines = original.text
    .split("\n")
    .map((line) => (line === "" || line.startsWith(">") ? `>${line}` : `> ${line}`));
  return `On ${said(original.date, timeZone)}, ${original.from} wrote:\n${lines.join("\n")}`;
}

export function forwarded(original: Replied, timeZone?: string): string {
  return [
    "---------- Forwarded message ---------",
    `From: ${original.from}`,
    `Date: ${said(original.date, timeZone)}`,
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
