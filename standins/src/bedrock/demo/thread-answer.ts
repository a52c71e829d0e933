/** Answers about one thread, in quotes from it. Every claim carries the id of the message it stands in. Pure. */
import { sayDay, sayTime } from "./days.ts";
import { type Facts, firstNameOf, isPerson } from "./facts.ts";
import { openPoints } from "./points.ts";
import type { ThreadAsk } from "./request.ts";
import { cite, hostile, nameOf, quoteLine, sayPoint } from "./say-mail.ts";
import { summary } from "./summary.ts";
import type { Read, Said } from "./thread-read.ts";
import { keysOf, list, plural, quoted, shared } from "./words.ts";

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
  ask: Exclude<ThreadAsk, "terms">,
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
