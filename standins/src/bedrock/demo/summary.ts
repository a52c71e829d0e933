/** A thread in a few quotes: the newest first, then what weighs most, then what is open. Pure. */
import { sayDay } from "./days.ts";
import type { Facts } from "./facts.ts";
import { openPoints } from "./points.ts";
import { cite, hostile, nameOf, quoteLine, sayPoint } from "./say-mail.ts";
import type { Line, Read, Said } from "./thread-read.ts";
import { list, plural, quoted, shared } from "./words.ts";

function title(read: Read): string {
  return read.subject === "" ? "This thread" : `This thread, ${quoted(read.subject, 120)},`;
}

const WEIGHTY =
  /\d|\b(?:agree|confirm|propose|accept|declin|reject|sign|extend|deadline|attached|enclosed|due|expire|deliver|close|closing|price|offer|approve|cannot|can't|must|decid)/i;

function weight(line: Line, read: Read): number {
  const common = read.messages.filter(
    (other) =>
      other !== line.message && other.lines.some((one) => shared(one.keys, line.keys) >= 2),
  ).length;
  const length = Math.min(line.keys.size, 12) / 12;
  return (
    length +
    (WEIGHTY.test(line.text) ? 0.8 : 0) +
    Math.min(common, 3) * 0.25 +
    (line.at === 0 ? 0.3 : 0)
  );
}

function best(message: Said, read: Read): Line | undefined {
  return message.lines.toSorted((a, b) => weight(b, read) - weight(a, read) || a.at - b.at)[0];
}

const MOST = 5;

export function summary(read: Read, facts: Facts): string {
  const { messages } = read;
  const first = messages[0];
  const last = messages.at(-1);
  if (first === undefined || last === undefined) return "This thread has no messages.";
  const from = sayDay(first.date, facts.timeZone);
  const to = sayDay(last.date, facts.timeZone);
  const when = from === to ? `on ${from}` : `from ${from} to ${to}`;
  const shownPeople = read.people.slice(0, 6).map(nameOf);
  if (read.people.length > 6) shownPeople.push(`${read.people.length - 6} more`);
  const head = `${title(read)} has ${plural(messages.length, "message")} by ${list(shownPeople)}, ${when}.`;
  const newest = best(last, read);
  const top =
    newest === undefined
      ? `The newest is from ${nameOf(last.from)}, without text of its own. ${cite(last)}`
      : `Newest: ${quoteLine(newest, facts)}`;
  const earlier = messages
    .slice(0, -1)
    .flatMap((message) => best(message, read) ?? [])
    .filter(
      (line, at, all) =>
        line.text !== newest?.text && !all.slice(at + 1).some((other) => other.text === line.text),
    )
    .toSorted((a, b) => weight(b, read) - weight(a, read))
    .slice(0, MOST)
    .toSorted((a, b) => b.message.date.localeCompare(a.message.date));
  const before =
    earlier.length === 0
      ? []
      : ["", "Before that:", ...earlier.map((line) => `- ${quoteLine(line, facts)}`)];
  const points = openPoints(read);
  const unanswered =
    points.length === 0
      ? []
      : ["", "Still open:", ...points.slice(-MOST).map((point) => sayPoint(point, facts))];
  return [head, "", top, ...before, ...unanswered, ...hostile(read)].join("\n");
}
