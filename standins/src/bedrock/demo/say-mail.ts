/** How an answer names, quotes and cites mail. Pure. */
import { sayDay } from "./days.ts";
import type { Facts, Person } from "./facts.ts";
import type { Point } from "./points.ts";
import type { Line, Read } from "./thread-read.ts";
import { quoted } from "./words.ts";

export function cite(message: { id: string }): string {
  return `[msg:${message.id.replace(/[^\w.:-]/g, "")}]`;
}

export function nameOf(person: Person): string {
  return quotedName(person.name || person.address || "an unnamed sender");
}

/** A display name is the sender's to choose: it may not carry marks of ours. */
function quotedName(name: string): string {
  return name.replace(/[[\]<>*_`#|]/g, "").slice(0, 80);
}

export function quoteLine(line: Line, facts: Facts): string {
  const { message } = line;
  return `${nameOf(message.from)}, ${sayDay(message.date, facts.timeZone)}: ${quoted(line.text)} ${cite(message)}`;
}

export function sayPoint(point: Point, facts: Facts): string {
  const promised = point.promise === undefined ? "" : ` Then ${quoteLine(point.promise, facts)}`;
  return `- ${quoteLine(point.asked, facts)}${promised}`;
}

/** What was left out because it speaks to an assistant. */
export function hostile(read: Read): string[] {
  const found = read.messages.filter((message) => message.hostile);
  if (found.length === 0) return [];
  return [
    "",
    `Note: ${found.length === 1 ? "one message holds" : "some messages hold"} text that gives instructions to an assistant. I did not follow it. ${found.map(cite).join(" ")}`,
  ];
}
