/**
 * Times in people's words -> points in time, in the user's zone. Pure. What is not understood whole is refused, never half understood:
 * "on the 5th at 11" must not become today at 11. The days and hours are found by chrono; the instant is computed here, so that the
 * zone of this process never matters.
 */
import * as chrono from "chrono-node";

import { splitZone } from "./zone-names.ts";
import { dayAfter, instantOf, offsetOf, type Wall, wallOf } from "./zone.ts";

/** Timed: RFC 3339 in UTC. All-day: dates, `end` the day after the last. */
interface Moment {
  start: string;
  end: string | undefined;
  allDay: boolean;
}

/** `why` is for the model: what to write instead. */
export type When = { ok: true; moment: Moment } | { ok: false; why: string };

interface At {
  now: Date;
  timeZone: string;
}

const LONGEST = 200;
const PLAIN = "Write the date as YYYY-MM-DD, or the time as YYYY-MM-DDTHH:MM.";

function no(why: string): When {
  return { ok: false, why: `${why} ${PLAIN}` };
}

const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const ISO_WALL = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/;
const ISO_INSTANT =
  /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/i;

function isReal({ year, month, day }: Wall): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** ISO 8601 forms; `undefined` for other words. */
function iso(words: string, timeZone: string): When | undefined {
  if (ISO_INSTANT.test(words)) {
    const at = Date.parse(words.replace(" ", "T"));
    if (Number.isNaN(at)) return no("There is no such time.");
    return timed(new Date(at).toISOString());
  }
  const found = ISO_DAY.exec(words) ?? ISO_WALL.exec(words);
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour, minute] = found.slice(1).map(Number);
  const wall = { year, month, day };
  if (!isReal(wall)) return no("There is no such day.");
  if (hour === undefined || minute === undefined) return allDay(dayAfter(wall, 0));
  if (hour > 23 || minute > 59) return no("There is no such hour.");
  return timed(instantOf({ ...wall, hour, minute }, timeZone));
}

function timed(start: string, end?: string): When {
  return { ok: true, moment: { start, end, allDay: false } };
}

function allDay(start: string, end?: string): When {
  return { ok: true, moment: { start, end, allDay: true } };
}

/** "3/4" is March in one country and April in another. Dots are read as day, month, as where they are used. */
function numeric(words: string): { words: string } | { why: string } {
  const dotted = words.replace(
    /\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/g,
    (_, day: string, month: string, year: string) =>
      `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`,
  );
  for (const [, a = "", b = ""] of dotted.matchAll(/\b(\d{1,2})\/(\d{1,2})\b/g)) {
    if (Number(a) <= 12 && Number(b) <= 12 && a !== b) {
      return { why: `"${a}/${b}" could be two days: name the month.` };
    }
  }
  return { words: dotted };
}

/** Ways to say it that chrono reads in parts only. */
const REWRITES: readonly [RegExp, string][] = [
  [
    /\b(?:close of business|cob|end of (?:the )?(?:business )?day|eod)\b(?:\s+(?:on|of))?/gi,
    "at 17:00",
  ],
  [/\b(next|this) week(?: on)? (\w+day)\b/gi, "$1 $2"],
  [/\b(\w+day)(?: of)? next week\b/gi, "next $1"],
  [/\bovermorrow\b/gi, "the day after tomorrow"],
  [/\bhalf past (\d{1,2})\b/gi, "$1:30"],
  [/\bquarter past (\d{1,2})\b/gi, "$1:15"],
];

const FILLER =
  /\b(?:on|at|the|of|in|from|to|for|by|a|around|about|um|am|den|der|uhr|ab|gegen|please|time)\b|[\s,.;:()-]+/gi;
const BACKWARD = /\b(?:last|past|previous|ago|yesterday|letzte\p{L}*|gestern|vor)\b/iu;
const PARTS_OF_DAY = /casualReference\/(?:morning|afternoon|evening|night|noon|midnight|tonight)$/;

function read(words: string, reference: chrono.ParsingReference): chrono.ParsedResult | undefined {
  const option = { forwardDate: !BACKWARD.test(words) };
  for (const language of [chrono.casual, chrono.de.casual]) {
    const [result, ...more] = language.parse(words, reference, option);
    if (result === undefined || more.length > 0) continue;
    const rest = words.slice(0, result.index) + words.slice(result.index + result.text.length);
    if (rest.replace(FILLER, "") === "") return result;
  }
  return undefined;
}

/** "in 90 minutes" is elapsed time, whatever the clocks do in between. */
function isElapsed({ start }: chrono.ParsedResult): boolean {
  return [...start.tags()].includes("result/relativeDateAndTime");
}

/**
 * Some of chrono's days ("the day after tomorrow", "two days after Monday") are counted in the zone of this process, whatever zone it is
 * told. So the days are read from a date whose local fields are the user's wall clock; only elapsed time needs the instant.
 */
function parsed(words: string, { now, timeZone }: At): chrono.ParsedResult | undefined {
  const result = read(words, { instant: now, timezone: offsetOf(now, timeZone) });
  if (result === undefined || isElapsed(result)) return result;
  const { year, month, day, hour, minute } = wallOf(now, timeZone);
  return read(words, { instant: new Date(year, month - 1, day, hour, minute) });
}

/** Hours that a business day does not have are meant in the afternoon, unless am, a leading zero or a part of the day says otherwise. */
function hourOf(part: chrono.ParsedComponents, text: string): number {
  const hour = part.get("hour") ?? 0;
  if (part.isCertain("meridiem") || hour < 1 || hour > 6) return hour;
  const early = new RegExp(`\\b0${hour}\\b|\\bmidnight\\b|\\bnight\\b`, "i").test(text);
  return early ? hour : hour + 12;
}

function partOfDay(tags: Iterable<string>): number | undefined {
  for (const tag of tags) {
    if (tag.endsWith("/morning")) return 9;
    if (tag.endsWith("/evening") || tag.endsWith("/tonight")) return 19;
  }
  return undefined;
}

function wallAt(part: chrono.ParsedComponents, text: string): Required<Wall> {
  const hour = part.isCertain("hour")
    ? hourOf(part, text)
    : (partOfDay(part.tags()) ?? part.get("hour") ?? 0);
  return {
    year: part.get("year") ?? 0,
    month: part.get("month") ?? 1,
    day: part.get("day") ?? 1,
    hour,
    minute: part.get("minute") ?? 0,
  };
}

function hasTime(part: chrono.ParsedComponents): boolean {
  return part.isCertain("hour") || [...part.tags()].some((tag) => PARTS_OF_DAY.test(tag));
}

function hasDay(part: chrono.ParsedComponents): boolean {
  return part.isCertain("day") || part.isCertain("weekday");
}

/** A day that words like "Friday" or "at 3" leave open is the coming one. */
function coming(
  wall: Required<Wall>,
  part: chrono.ParsedComponents,
  { now, timeZone }: At,
): Required<Wall> {
  if (hasDay(part)) return wall;
  const today = wallOf(now, timeZone);
  const first = { ...wall, year: today.year, month: today.month, day: today.day };
  if (Date.parse(instantOf(first, timeZone)) > now.getTime()) return first;
  const [year = 0, month = 0, day = 0] = dayAfter(first, 1).split("-").map(Number);
  return { ...first, year, month, day };
}

/** Whole weeks, Monday to Sunday; this one from today. */
function week(words: string, { now, timeZone }: At): When | undefined {
  const found = /^(?:in |for |the )*(this|next|diese|nächste) (?:week|woche)$/i.exec(words);
  if (found === null) return undefined;
  const today = wallOf(now, timeZone);
  const monday = 8 - today.weekday;
  return /next|nächste/i.test(found[1] ?? "")
    ? allDay(dayAfter(today, monday), dayAfter(today, monday + 7))
    : allDay(dayAfter(today, 0), dayAfter(today, monday));
}

/** In some of chrono's builds a missing end is `null`, whatever its types say. */
function endOf(result: chrono.ParsedResult): chrono.ParsedComponents | undefined {
  return result.end ?? undefined;
}

function timedBy(result: chrono.ParsedResult, words: string, at: At): When {
  const { start } = result;
  const end = endOf(result);
  if (isElapsed(result)) return timed(start.date().toISOString());
  const from = coming(wallAt(start, words), start, at);
  const first = instantOf(from, at.timeZone);
  if (end === undefined) return timed(first);
  const { hour, minute } = wallAt(end, words);
  // The same day; in the evening, over midnight; else "11 to 1", in the afternoon. Where chrono puts it is not asked.
  const same = instantOf({ ...from, hour, minute }, at.timeZone);
  if (Date.parse(same) > Date.parse(first)) return timed(first, same);
  const [year = 0, month = 0, day = 0] = dayAfter(from, 1).split("-").map(Number);
  if (from.hour >= 18 && hour < 12) {
    return timed(first, instantOf({ year, month, day, hour, minute }, at.timeZone));
  }
  return hour < 12 && hour + 12 > from.hour
    ? timed(first, instantOf({ ...from, hour: hour + 12, minute }, at.timeZone))
    : no("The end is before the start.");
}

export function resolveWhen(said: string, at: At): When {
  if (said.length > LONGEST) return no("That is too long for a time.");
  const trimmed = said.normalize("NFKC").trim().replace(/\s+/g, " ");
  const { words: bare, zone } = splitZone(trimmed);
  const there = { now: at.now, timeZone: zone ?? at.timeZone };
  const exact = iso(bare.trim(), there.timeZone) ?? week(bare.trim(), there);
  if (exact !== undefined) return exact;
  const clear = numeric(bare);
  if ("why" in clear) return no(clear.why);
  const words = REWRITES.reduce((text, [from, to]) => text.replace(from, to), clear.words);
  const found = parsed(words, there);
  if (found === undefined) return no(`I can't read "${trimmed.slice(0, 60)}" as a time.`);
  const { start } = found;
  const end = endOf(found);
  if (hasTime(start)) return timedBy(found, words, there);
  const first = dayAfter(wallAt(start, words), 0);
  if (end === undefined) return allDay(first);
  return allDay(first, dayAfter(wallAt(end, words), 1));
}
