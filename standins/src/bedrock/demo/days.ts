/** Days as people write them, seen from `today`, as Gmail's `after` (first day) and `before` (day after the last). Pure. */

export interface Span {
  after?: string;
  before?: string;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const MONTH =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const DAY = `(?:\\d{4}-\\d{2}-\\d{2}|\\d{1,2}/\\d{1,2}/\\d{4}|${MONTH}\\s+\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s+\\d{4})?|\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH}(?:,?\\s+\\d{4})?|today|yesterday|(?:last\\s+)?(?:${WEEKDAYS.join("|")}))`;
const PERIOD = `(?:(?:last|this|past)\\s+(?:week|month|year)|${MONTH}(?:,?\\s+\\d{4})?|\\d{4})`;

const MS = 86_400_000;
const toDate = (day: string) => new Date(`${day}T00:00:00Z`);
const toDay = (date: Date) => date.toISOString().slice(0, 10);

export function addDays(day: string, count: number): string {
  return toDay(new Date(toDate(day).getTime() + count * MS));
}

function make(year: number, month: number, day: number): string {
  return toDay(new Date(Date.UTC(year, month, day)));
}

function monthOf(text: string): number {
  const word = /[a-z]{3}/i.exec(text)?.[0] ?? "";
  return MONTHS.indexOf(word.toLowerCase());
}

/** A day without a year is the last such day that is not after today. */
function dayOf(text: string, today: string): string | undefined {
  const lower = text.toLowerCase().replace(/\s+/g, " ").trim();
  if (/^\d{4}-\d{2}-\d{2}$/.test(lower)) return lower;
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(lower);
  if (slashed !== null) {
    return make(Number(slashed[3]), Number(slashed[1]) - 1, Number(slashed[2]));
  }
  if (lower === "today") return today;
  if (lower === "yesterday") return addDays(today, -1);
  const weekday = WEEKDAYS.indexOf(lower.replace(/^last /, ""));
  if (weekday >= 0) {
    const back = (toDate(today).getUTCDay() - weekday + 7) % 7;
    return addDays(today, -(back === 0 ? 7 : back));
  }
  const month = monthOf(lower);
  const date = /\b(\d{1,2})(?:st|nd|rd|th)?\b/.exec(lower.replace(/\d{4}/, ""))?.[1];
  if (month < 0 || date === undefined) return undefined;
  const year = /\d{4}/.exec(lower)?.[0];
  if (year !== undefined) return make(Number(year), month, Number(date));
  const thisYear = make(Number(today.slice(0, 4)), month, Number(date));
  return thisYear <= today ? thisYear : make(Number(today.slice(0, 4)) - 1, month, Number(date));
}

function periodOf(text: string, today: string): Required<Span> | undefined {
  const lower = text.toLowerCase().replace(/\s+/g, " ").trim();
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7)) - 1;
  const monday = addDays(today, -((toDate(today).getUTCDay() + 6) % 7));
  switch (lower.replace(/^past/, "last")) {
    case "this week":
      return { after: monday, before: addDays(today, 1) };
    case "last week":
      return { after: addDays(monday, -7), before: monday };
    case "this month":
      return { after: make(year, month, 1), before: addDays(today, 1) };
    case "last month":
      return { after: make(year, month - 1, 1), before: make(year, month, 1) };
    case "this year":
      return { after: make(year, 0, 1), before: addDays(today, 1) };
    case "last year":
      return { after: make(year - 1, 0, 1), before: make(year, 0, 1) };
    default: {
      if (/^\d{4}$/.test(lower)) {
        return { after: make(Number(lower), 0, 1), before: make(Number(lower) + 1, 0, 1) };
      }
      const named = monthOf(lower);
      if (named < 0) return undefined;
      const said = /\d{4}/.exec(lower)?.[0];
      const of = said === undefined ? (named > month ? year - 1 : year) : Number(said);
      return { after: make(of, named, 1), before: make(of, named + 1, 1) };
    }
  }
}

/** Takes the days out of a request: what they span, and the request without them. */
export function takeDays(text: string, today: string): { span: Span; rest: string } {
  let rest = text;
  let span: Span = {};
  const take = (pattern: string, use: (match: RegExpExecArray) => Span | undefined) => {
    const match = new RegExp(`(?:^|\\s|,)\\s*${pattern}(?=$|[\\s,.?!])`, "i").exec(rest);
    const found = match === null ? undefined : use(match);
    if (match === null || found === undefined) return;
    span = { ...span, ...found };
    rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`;
  };
  const whole = (word: string) => periodOf(word, today);
  const first = (word = "") => dayOf(word, today) ?? whole(word)?.after;
  const only = (key: keyof Span, value: string | undefined): Span | undefined =>
    value === undefined ? undefined : { [key]: value };

  take(
    `(?:between|from)\\s+(${DAY}|${PERIOD})\\s+(?:and|to|until|till|-)\\s+(${DAY}|${PERIOD})`,
    (m) => {
      const last = dayOf(m[2] ?? "", today);
      const before = last === undefined ? whole(m[2] ?? "")?.before : addDays(last, 1);
      // "from March to May 2001": the year said last is meant for both.
      const year = /\d{4}/.exec(m[1] ?? "") === null ? / \d{4}$/.exec(m[2] ?? "")?.[0] : undefined;
      const after = first(`${m[1] ?? ""}${year ?? ""}`);
      return after === undefined || before === undefined ? undefined : { after, before };
    },
  );
  take(
    `(?:in|over|during|within|from)?\\s*(?:the\\s+)?(?:last|past)\\s+(\\d{1,3})\\s+(day|week|month)s?`,
    (m) => {
      const days = { day: 1, week: 7, month: 30 }[(m[2] ?? "day").toLowerCase()] ?? 1;
      return { after: addDays(today, -Number(m[1]) * days) };
    },
  );
  take(`(?:since|after|starting|from|newer than)\\s+(?:the\\s+)?(${DAY}|${PERIOD})`, (m) =>
    only("after", first(m[1])),
  );
  take(`(?:before|older than|prior to)\\s+(?:the\\s+)?(${DAY}|${PERIOD})`, (m) =>
    only("before", first(m[1])),
  );
  take(`(?:until|till|up to|through)\\s+(?:the\\s+)?(${DAY})`, (m) => {
    const last = dayOf(m[1] ?? "", today);
    return only("before", last === undefined ? undefined : addDays(last, 1));
  });
  take(`(?:on|from|of)?\\s*(${DAY})`, (m) => {
    const day = dayOf(m[1] ?? "", today);
    return day === undefined ? undefined : { after: day, before: addDays(day, 1) };
  });
  take(`(?:in|from|during|of)\\s+(${PERIOD})`, (m) => whole(m[1] ?? ""));
  take(`((?:last|this|past)\\s+(?:week|month|year))`, (m) => whole(m[1] ?? ""));
  return { span, rest: rest.replace(/\s+/g, " ").trim() };
}

/** "20 Nov 2026" in the user's zone. */
export function sayDay(iso: string, timeZone: string): string {
  return say(iso, { timeZone, day: "numeric", month: "short", year: "numeric" });
}

/** "Fri 20 Nov 2026, 15:04" in the user's zone. */
export function sayTime(iso: string, timeZone: string): string {
  const day = say(iso, {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  const time = say(iso, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${day.replace(",", "")}, ${time}`;
}

function say(iso: string, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  try {
    return new Intl.DateTimeFormat("en-GB", options).format(date);
  } catch {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(date);
  }
}
