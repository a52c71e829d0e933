/** "mails from Ana about the escrow since 1 October" -> the arguments of search_gmail. Pure. */
import { z } from "zod";

import { takeDays } from "./days.ts";
import { isStopWord } from "./words.ts";

export const Wanted = z.object({
  query: z.string().exactOptional(),
  from: z.string().exactOptional(),
  to: z.string().exactOptional(),
  subject: z.string().exactOptional(),
  has_attachment: z.boolean().exactOptional(),
  in_thread: z.string().exactOptional(),
  max: z.number().exactOptional(),
  after: z.string().exactOptional(),
  before: z.string().exactOptional(),
});
export type Wanted = z.infer<typeof Wanted>;

export interface SearchRequest {
  wanted: Wanted;
  /** "the buyer's counsel": a sender that is a role and not a name. */
  role?: string;
}

const CUT =
  "about|regarding|concerning|on|re|with|without|since|before|after|between|until|in|within|mentioning|containing|that|which|who|where|to|from|by|sent|for|of|related|and|or|has|have|had|is|are|was|were|wrote|write|writes|said|say|says|mentioned|mention|asked|ask|please|dated";
const NAME_WORD = `(?!(?:${CUT})\\b)[\\p{L}\\p{N}@._'’&+-]+`;
const NAME = `(${NAME_WORD}(?:,?\\s+${NAME_WORD}){0,5})`;
const ROLE =
  /\b(counsel|lawyers?|attorneys?|solicitors?|buyers?|sellers?|bank(ers?)?|brokers?|auditors?|accountants?|board|team|clients?|landlord|advis[eo]rs?|side|company|investors?|notary|regulator)$/i;
const NOUN =
  "(?:e-?mails?|mails?|messages?|threads?|conversations?|correspondence|notes?|letters?|replies|reply|things?|items?|stuff|everything|anything)";

export interface SearchContext {
  today: string;
  user: string | undefined;
  openThread: string | undefined;
}

interface Slots {
  wanted: Wanted;
  role?: string;
  rest: string;
}

/** Finds a slot's words, hands them on, and cuts them out of the request. */
function take(slots: Slots, pattern: RegExp, use: (match: RegExpExecArray) => boolean): void {
  const match = pattern.exec(slots.rest);
  if (match === null || !use(match)) return;
  slots.rest =
    `${slots.rest.slice(0, match.index)} ${slots.rest.slice(match.index + match[0].length)}`
      .replace(/\s+/g, " ")
      .trim();
}

export function cleanName(raw: string): string {
  return raw
    .replace(/[,.?!;:]+\s*$/, "")
    .replace(/['’]s?$/, "")
    .replace(/^(mr|mrs|ms|dr)\.?\s+/i, "")
    .replace(/\s+(again|today|here|anywhere|please)$/i, "")
    .trim();
}

const PRONOUN = /^(him|her|them|they|he|she|someone|anyone|anybody|everyone|us|it|this|that)$/i;

function sender(slots: Slots, raw: string, context: SearchContext): boolean {
  const name = cleanName(raw);
  if (name === "" || PRONOUN.test(name)) return false;
  if (/^(me|i|myself)$/i.test(name)) slots.wanted.from = context.user ?? "me";
  else if (/^(the|our|their|my)\s/i.test(name) || ROLE.test(name)) slots.role = name;
  else slots.wanted.from = name;
  return true;
}

/** Words worth a search; a phrase in quotation marks stays whole. */
export function topicOf(raw: string): string {
  const phrases = raw.match(/["“][^"“”]+["”]/g) ?? [];
  const rest = phrases.reduce((text, phrase) => text.replace(phrase, " "), raw);
  const words = rest
    .replace(/[?!;:,()[\]{}"“”]+/g, " ")
    .split(/\s+/)
    .map((word) => word.replace(/^[.'’]+|[.'’]+$/g, "").replace(/['’]s$/, ""))
    .filter((word) => word !== "" && !isStopWord(word) && !new RegExp(`^${NOUN}$`, "i").test(word));
  return [...phrases.map((phrase) => phrase.replace(/[“”]/g, '"')), ...words].join(" ");
}

const LEAD =
  /^(?:(?:find|search|look|show|list|get|fetch|give|pull|dig|any|is|are|was|were|do|does|did|have|has|we|i|you|there|where|what|which|me|us|up|out|for|through|all|every|each|of|the|my|our|some|can|could|see|also|only|just|gmail|mailbox|inbox|in|a|an)\b[\s,:]*)+/i;

export function readSearch(request: string, context: SearchContext): SearchRequest {
  const days = takeDays(request.replace(/[?!.]+\s*$/, ""), context.today);
  const slots: Slots = { wanted: { ...days.span }, rest: days.rest };
  const { wanted } = slots;

  take(
    slots,
    /\b(?:in|of|within) (?:this|the (?:open|current)) (?:thread|conversation|mail|email)\b/i,
    () => {
      if (context.openThread !== undefined) wanted.in_thread = context.openThread;
      return true;
    },
  );
  take(
    slots,
    /\b(?:in|from|of|through) (?:my |the |all )?(?:whole |entire )?(?:gmail|mailbox|inbox|mail|e-?mails?)$/i,
    () => true,
  );
  take(
    slots,
    /\b(?:(?:that|which) (?:have|has|had|include|contain)s? |with |having |including )(?:an? |any |the |some )?(?:attachments?|attached (?:files?|documents?)|files?|pdfs?|documents?|enclosures?)(?: attached)?\b|\bwith something attached\b|\bthat have (?:files?|documents?) attached\b/i,
    () => (wanted.has_attachment = true),
  );
  take(slots, /\b(?:attachments|attached files|pdfs)\b/i, () => (wanted.has_attachment = true));
  take(slots, /\bunread\b/i, () => {
    wanted.query = "is:unread";
    return true;
  });
  take(
    slots,
    /\b(?:with (?:the )?|whose )?subject(?: line)?(?: is| containing| contains| of|:)?\s+["“]?([^"”]+?)["”]?(?=\s+(?:from|since|before|after|sent)\b|$)/i,
    (m) => {
      wanted.subject = (m[1] ?? "").trim();
      return true;
    },
  );
  take(
    slots,
    /\b(?:the )?(?:last|latest|newest|first|most recent)?\s*(\d{1,2}) (?:newest |latest |last )?(?=(?:e-?mails?|mails?|messages?)\b)/i,
    (m) => {
      wanted.max = Math.min(25, Math.max(1, Number(m[1])));
      return true;
    },
  );

  take(slots, new RegExp(`\\b(?:from|by|sent by|written by)\\s+${NAME}`, "iu"), (m) =>
    sender(slots, m[1] ?? "", context),
  );
  take(slots, new RegExp(`\\bto\\s+${NAME}`, "iu"), (m) => {
    const name = cleanName(m[1] ?? "");
    if (name === "" || PRONOUN.test(name)) return false;
    wanted.to = /^(me|myself)$/i.test(name) ? (context.user ?? "me") : name;
    return true;
  });
  if (wanted.from === undefined && slots.role === undefined) takeActor(slots, context);

  const about =
    /\b(?:about|regarding|concerning|re|on|mentioning|(?:that|which) mentions?|containing|related to|with the words?|for)[:\s]+(.+)$/i.exec(
      slots.rest,
    );
  const topic = topicOf(
    (about?.[1] ?? slots.rest.replace(LEAD, "")).replace(
      /\b(?:for me|please|sent|received|written|dated)\b/gi,
      " ",
    ),
  );
  if (topic !== "") wanted.query = wanted.query === undefined ? topic : `${wanted.query} ${topic}`;
  return { wanted, ...(slots.role === undefined ? {} : { role: slots.role }) };
}

/** "what did Jeff Dasovich write about", "mails Ana sent", "Ana's mails". */
function takeActor(slots: Slots, context: SearchContext): void {
  const verb =
    "(?:(?:ever |last |actually |just )?(?:write|wrote|written|say|said|send|sent|ask|asked|mention|mentioned|email|emailed|mail|mailed|reply|replied|tell|told|propose|proposed)(?:\\s+(?:us|me|you|them))?)";
  const found = (m: RegExpExecArray) => sender(slots, m[1] ?? "", context);
  const before = slots.rest;
  take(slots, new RegExp(`\\b(?:did|does|has|have|had)\\s+${NAME}\\s*${verb}\\b`, "iu"), found);
  if (slots.rest === before) {
    take(
      slots,
      new RegExp(`(?<=\\b${NOUN})\\s+(?:that |which )?${NAME}\\s*(?:has |have )?${verb}\\b`, "iu"),
      found,
    );
  }
  if (slots.rest === before) {
    take(
      slots,
      new RegExp(
        `\\b((?:\\p{Lu}[\\p{L}.-]+\\s+){0,2}\\p{Lu}[\\p{L}.-]+)['’]s?\\s+(?=(?:last |latest |newest )?${NOUN})`,
        "u",
      ),
      found,
    );
  }
}
