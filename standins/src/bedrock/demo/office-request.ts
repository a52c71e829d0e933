/** A plainly worded request about the calendar, or about where mails lie -> what is wanted. Looks only at the user's own words. Pure. */

export type OfficeRequest =
  | { kind: "events"; when: string | undefined }
  | { kind: "free"; when: string; people: string[]; minutes: number | undefined }
  | {
      kind: "schedule";
      title: string;
      when: string;
      minutes: number | undefined;
      people: string[];
      meet: boolean;
      quiet: boolean;
    }
  | { kind: "move_event"; words: string; when: string }
  | { kind: "cancel_event"; words: string }
  | { kind: "file"; how: "archive" | "trash"; which: Which }
  | { kind: "attachment"; words: string }
  | { kind: "label"; label: string; create: boolean; remove: boolean; which: Which };

/** The open thread, or the mails from somebody. */
export type Which = { kind: "this" } | { kind: "from"; from: string };

const MEETING = "(?:call|meeting|event|appointment|invite|invitation|session)";
const DAY =
  "(?:today|tonight|tomorrow|the day after tomorrow|(?:on |this |next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|next week|this week|on \\d|at \\d|in \\d|\\d{4}-\\d{2}-\\d{2})";
const MINUTES = /\bfor (?:(\d{1,3}) ?min(?:ute)?s?|half an hour|an hour)\b/i;

function minutesOf(text: string): number | undefined {
  const found = MINUTES.exec(text);
  if (found === null) return undefined;
  if (found[1] !== undefined) return Number(found[1]);
  return /half/i.test(found[0]) ? 30 : 60;
}

function trimmed(text: string): string {
  return text.replace(/[\s.,?!]+$/, "").trim();
}

function peopleOf(text: string | undefined): string[] {
  return (text ?? "")
    .split(/\s*(?:,|\band\b|&)\s*/i)
    .map(trimmed)
    .filter((name) => name !== "" && !/^(?:me|us)$/i.test(name));
}

function whichOf(text: string): Which | undefined {
  if (/\b(?:this|the) (?:thread|conversation|mail|e-?mail)\b|\bit\b/i.test(text)) {
    return { kind: "this" };
  }
  const from =
    /\b(?:mails?|e-?mails?|messages?|everything|all) from (.+?)(?: as .+| in(?:to)? .+)?$/i.exec(
      trimmed(text),
    )?.[1];
  return from === undefined ? undefined : { kind: "from", from: trimmed(from) };
}

function filing(text: string): OfficeRequest | undefined {
  const label =
    /^(?:label|tag|file) (.+) (?:as|under|with) ["“]?(.+?)["”]?[.!]?$/i.exec(text) ??
    /^put (.+) (?:under|in(?:to)?) (?:the )?(?:label|folder) ["“]?(.+?)["”]?[.!]?$/i.exec(text);
  const off = /^(?:take|remove) (?:the )?label ["“]?(.+?)["”]? (?:off|from) (.+)$/i.exec(text);
  if (label !== null || off !== null) {
    const which = whichOf(label?.[1] ?? off?.[2] ?? "");
    const words = trimmed(label?.[2] ?? off?.[1] ?? "");
    const name = words.replace(/^(?:a|the) new label (?:called |named )?["“]?/i, "");
    const create = name !== words;
    if (which !== undefined)
      return { kind: "label", label: name, create, remove: off !== null, which };
  }
  const how = /^archive\b/i.test(text)
    ? "archive"
    : /^(?:trash|bin|delete|move (?:.+) to the (?:bin|trash))\b/i.test(text)
      ? "trash"
      : undefined;
  const which = how === undefined ? undefined : whichOf(text.replace(/ to the (?:bin|trash)/i, ""));
  return how === undefined || which === undefined ? undefined : { kind: "file", how, which };
}

function schedule(text: string): OfficeRequest | undefined {
  if (!/^(?:please )?(?:schedule|book|set up|arrange|plan|create|add|put)\b/i.test(text)) {
    return undefined;
  }
  if (!new RegExp(`\\b${MEETING}\\b|\\bcalendar\\b`, "i").test(text)) return undefined;
  const bare = text
    .replace(MINUTES, " ")
    .replace(/\bwith(?: a)? (?:google )?meet(?: link)?\b/i, " ")
    .replace(/\bwithout (?:mailing|inviting|notifying)(?: \w+)*$/i, " ");
  const when = new RegExp(`\\b(${DAY}.*?)(?=\\b(?:with|called|titled|about|named)\\b|$)`, "i").exec(
    bare,
  );
  if (when?.[1] === undefined) return undefined;
  const rest = bare.replace(when[0], " ");
  const people = /\bwith (.+?)(?=\b(?:called|titled|about|named|on|at)\b|$)/i.exec(rest)?.[1];
  const named = /\b(?:called|titled|named|about) ["“]?(.+?)["”]?\s*$/i.exec(trimmed(rest))?.[1];
  const who = peopleOf(people);
  const title = trimmed(named ?? "") || `Call with ${who.join(", ") || "the team"}`;
  return {
    kind: "schedule",
    title: title.replace(/["“”]/g, ""),
    when: trimmed(when[1]),
    minutes: minutesOf(text),
    people: who,
    meet: /\bmeet\b/i.test(text),
    quiet: /\bwithout (?:mailing|inviting|notifying)\b/i.test(text),
  };
}

function changes(text: string): OfficeRequest | undefined {
  const moved = new RegExp(
    `^(?:move|reschedule|postpone|shift) (?:the |my )?(.+?) (?:to|until) (.+)$`,
    "i",
  ).exec(text);
  if (moved?.[1] !== undefined && new RegExp(`\\b${MEETING}\\b`, "i").test(moved[1])) {
    return { kind: "move_event", words: wordsOf(moved[1]), when: trimmed(moved[2] ?? "") };
  }
  const cancelled = /^cancel (?:the |my )?(.+)$/i.exec(text)?.[1];
  return cancelled !== undefined && new RegExp(`\\b${MEETING}\\b`, "i").test(cancelled)
    ? { kind: "cancel_event", words: wordsOf(cancelled) }
    : undefined;
}

/** What Google is to find in the event: its name without what every event is called. */
function wordsOf(text: string): string {
  const name = trimmed(text).replace(new RegExp(`\\s*\\b(?:${MEETING})$`, "i"), "");
  return trimmed(name) || trimmed(text);
}

/** What a file says; its name alone is the thread's own question. */
const ATTACHMENT =
  /^(?:read|summari[sz]e|open|show me|what (?:is|does|stands|'s) .{0,20}?)\s*(?:in |the |of )*(?:attached|attachment|file)\b\s*(.*)$/i;

export function readOffice(request: string): OfficeRequest | undefined {
  const text = trimmed(request.replace(/^(?:please|can you|could you|would you)\s+/i, ""));
  const file = ATTACHMENT.exec(text);
  if (file !== null && !/^what is attached/i.test(text)) {
    const words = trimmed((file[1] ?? "").replace(/^(?:say|contain|called|named)\b/i, ""));
    return { kind: "attachment", words };
  }
  const free = new RegExp(
    `\\bwhen (?:am|are|is|can) (?:i|we)(?: and (.+?))?(?: all| both)? (?:free|available|meet)\\b(.*)$`,
    "i",
  ).exec(text);
  if (free !== null) {
    const rest = (free[2] ?? "").replace(MINUTES, " ");
    const person = /\bwith (.+?)(?=\s+(?:on|at|this|next|today|tomorrow)\b|$)/i.exec(rest)?.[1];
    const when = new RegExp(`\\b(${DAY}.*)$`, "i").exec(rest)?.[1];
    return {
      kind: "free",
      when: trimmed(when ?? "this week"),
      people: [...peopleOf(free[1]), ...peopleOf(person)],
      minutes: minutesOf(text),
    };
  }
  if (
    /\b(?:on|in) my calendar\b|\bmy (?:calendar|schedule|meetings|events)\b|\bupcoming (?:events|meetings)\b/i.test(
      text,
    ) &&
    /^(?:what|show|list|read|do i|check)\b/i.test(text)
  ) {
    const when = new RegExp(`\\b(${DAY}.*)$`, "i").exec(text)?.[1];
    return { kind: "events", when: when === undefined ? undefined : trimmed(when) };
  }
  return filing(text) ?? schedule(text) ?? changes(text);
}
