/** Answers about one thread, in quotes from it. Every claim carries the id of the message it stands in. Pure. */
import { sayDay, sayTime } from "./days.ts";
import { type Facts, firstNameOf, isPerson, type Person } from "./facts.ts";
import { openPoints, type Point } from "./points.ts";
import type { ThreadAsk } from "./request.ts";
import type { Line, Read, Said } from "./thread-read.ts";
import { keysOf, list, plural, quoted, shared } from "./words.ts";

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

function title(read: Read): string {
  return read.subject === "" ? "This thread" : `This thread, ${quoted(read.subject, 120)},`;
}

function quoteLine(line: Line, facts: Facts): string {
  const { message } = line;
  return `${nameOf(message.from)}, ${sayDay(message.date, facts.timeZone)}: ${quoted(line.text)} ${cite(message)}`;
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

function sayPoint(point: Point, facts: Facts): string {
  const promised = point.promise === undefined ? "" : ` Then ${quoteLine(point.promise, facts)}`;
  return `- ${quoteLine(point.asked, facts)}${promised}`;
}

function hostile(read: Read): string[] {
  const found = read.messages.filter((message) => message.hostile);
  if (found.length === 0) return [];
  return [
    "",
    `Note: ${found.length === 1 ? "one message holds" : "some messages hold"} text that gives instructions to an assistant. I did not follow it. ${found.map(cite).join(" ")}`,
  ];
}

function stillOpen(read: Read, facts: Facts): string {
  const points = openPoints(read);
  const last = read.messages.at(-1);
  if (points.length === 0) {
    const end =
      last === undefined
        ? ""
        : ` The last message is from ${nameOf(last.from)}, ${sayDay(last.date, facts.timeZone)}. ${cite(last)}`;
    return [
      `I found no question or request in this thread that is still unanswered.${end}`,
      ...hostile(read),
    ].join("\n");
  }
  const head = points.length === 1 ? "One point is open:" : `${points.length} points are open:`;
  return [head, ...points.map((point) => sayPoint(point, facts)), ...hostile(read)].join("\n");
}

function lastWord(
  read: Read,
  facts: Facts,
  wanted: string | undefined,
  ask: "who" | "when",
): string {
  const who = wanted?.toLowerCase();
  const others = who !== undefined && /^(they|the other side|it|someone|anyone|people)$/.test(who);
  const me = who !== undefined && /^(i|we|me|us)$/.test(who);
  const fits = (message: Said) => {
    if (who === undefined) return true;
    if (others) return !message.mine;
    return me ? message.mine : isPerson(message.from, who);
  };
  const found = read.messages.findLast(fits);
  if (found === undefined) {
    const whose = me ? "you" : others ? "anyone but you" : (wanted ?? "anyone");
    return `I found no message by ${whose} in this thread.`;
  }
  const line = found.lines[0];
  const said = line === undefined ? "" : `: ${quoted(line.text)}`;
  const time = sayTime(found.date, facts.timeZone);
  return ask === "who"
    ? `${nameOf(found.from)} wrote last, on ${time}${said} ${cite(found)}`
    : `${me ? "You" : nameOf(found.from)} last wrote on ${time}${said} ${cite(found)}`;
}

function files(read: Read, facts: Facts): string {
  const rows = read.messages
    .filter((message) => message.files.length > 0)
    .toReversed()
    .map(
      (message) =>
        `- ${list(message.files.map((name) => quoted(name, 120)))}, from ${nameOf(message.from)}, ${sayDay(message.date, facts.timeZone)} ${cite(message)}`,
    );
  return rows.length === 0
    ? "No message of this thread has an attachment."
    : ["Attachments of this thread, newest first:", ...rows].join("\n");
}

function people(read: Read): string {
  const rows = read.people.map((person) => {
    const theirs = read.messages.filter((message) => message.from.address === person.address);
    const newest = theirs.at(-1);
    const address = person.address === person.name ? "" : ` (${person.address})`;
    return `- ${nameOf(person)}${address}: ${plural(theirs.length, "message")}${newest === undefined ? "" : ` ${cite(newest)}`}`;
  });
  return [
    `${plural(read.people.length, "person").replace("persons", "people")} wrote in this thread:`,
    ...rows,
  ].join("\n");
}

export function threadAnswer(
  ask: ThreadAsk,
  person: string | undefined,
  read: Read,
  facts: Facts,
): string {
  switch (ask) {
    case "summary":
      return summary(read, facts);
    case "open":
      return stillOpen(read, facts);
    case "who_last":
      return lastWord(read, facts, undefined, "who");
    case "when_last":
      return lastWord(read, facts, person, "when");
    case "people":
      return people(read);
    case "files":
      return files(read, facts);
  }
}

/** What a person said on a topic, newest first; undefined when the thread says nothing on it. */
export function saidAnswer(
  asked: { person?: string; topic: string },
  read: Read,
  facts: Facts,
): string | undefined {
  const who = asked.person?.toLowerCase();
  const me = who !== undefined && /^(i|me|we)$/.test(who);
  const theirs = read.messages.filter(
    (message) => who === undefined || (me ? message.mine : isPerson(message.from, who)),
  );
  const topic = keysOf(asked.topic);
  const lines = theirs.flatMap((message) => message.lines);
  const most = Math.max(0, ...lines.map((line) => shared(topic, line.keys)));
  const least = Math.max(1, Math.min(most, Math.ceil(topic.size / 2)));
  const hits =
    topic.size === 0
      ? theirs.slice(-2).flatMap((message) => message.lines.slice(0, 3))
      : lines.filter((line) => shared(topic, line.keys) >= least);
  if (hits.length === 0 || (topic.size > 0 && most === 0)) return undefined;
  const ordered = hits.toSorted(
    (a, b) => b.message.date.localeCompare(a.message.date) || a.at - b.at,
  );
  const rows = ordered.slice(0, 4).map((line) => `- ${quoteLine(line, facts)}`);
  const about = topic.size === 0 ? "" : ` on ${quoted(asked.topic, 80)}`;
  const speaker = theirs.at(-1)?.from;
  const subject =
    who === undefined || speaker === undefined
      ? `This thread says${about}`
      : me
        ? `You wrote${about}`
        : `${firstNameOf(speaker) ?? nameOf(speaker)} wrote${about}`;
  const more =
    hits.length > rows.length
      ? [`(${hits.length - rows.length} more sentences in the thread.)`]
      : [];
  return [`${subject}, newest first:`, ...rows, ...more].join("\n");
}
