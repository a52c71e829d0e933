/** A plainly worded request -> what is wanted. Looks only at the user's own words, never at mail. Pure. */
import { type Change, readChange } from "./change-request.ts";
import { type DraftRequest, readDraft, withoutManners } from "./draft-request.ts";
import { type OfficeRequest, readOffice } from "./office-request.ts";
import {
  cleanName,
  readSearch,
  type SearchContext,
  type SearchRequest,
  topicOf,
} from "./search-request.ts";

export type ThreadAsk =
  | "terms"
  | "summary"
  | "open"
  | "who_last"
  | "when_last"
  | "people"
  | "files";

export type Intent =
  | { kind: "who_are_you" | "thanks" | "widen" | "send" | "unknown" }
  | { kind: "thread"; ask: ThreadAsk; person?: string; topic?: string }
  | { kind: "said"; person?: string; topic: string }
  | { kind: "search"; search: SearchRequest }
  | { kind: "latest"; label: "inbox" | "sent" | "unread"; max?: number }
  | { kind: "draft"; draft: DraftRequest }
  | { kind: "change"; change: Change }
  | { kind: "office"; office: OfficeRequest };

const IDENTITY =
  /\b(who|what) (exactly )?are you\b|\byour name\b|\bare you (an? )?(ai|bot|robot|human|person|real|model|llm|claude|gpt|chatgpt|language)|\b(which|what) (ai |language |kind of )?(model|llm|ai)\b|\bintroduce yourself\b/i;
const SEND =
  /^(?:(?:yes|ok(?:ay)?|great|good|perfect|looks good|fine|now|then|and|please|go ahead and|you can|,|\.|!)\s*)*(?:send|submit)(?:\s+(?:it|this|that|them|both|all(?: of them)?|now|(?:(?:the|this|that|my|both|all) )*(?:draft|reply|mail|e-?mail|message|response|answer|last draft|drafts|replies|mails|e-?mails|messages)))*(?:\s+(?:now|off|out|please|for (?:me|approval)|as it is|to \p{L}+|right away))*\s*[.!]*$|^(?:please )?ask my phone\b|^(?:please )?ask for (?:my )?approval\b/iu;
const OPEN =
  /\b(open|outstanding|unanswered|unresolved|pending|action items?|next steps?|to-?dos?|left to do|follow[- ]?ups?|waiting (for|on)|owed?|owing|loose ends|unsettled)\b|\bstill (need|missing|to (do|answer))|\bwhat (do|does|did|are|is) .{0,30}\b(want|need|asking|ask|expect|require|being asked)\b.{0,20}(from|of|by)?\s*(me|us|we)?\b|\bneeds? (an |my |our )?(answer|reply|response)\b|\bwhat (should|must|do) (i|we) (do|answer|still)\b/i;
const SUMMARY =
  /\bsummar|\brecap\b|\btl;?\s?dr\b|\bcatch me up\b|\bup to (speed|date)\b|\boverview\b|\bgist\b|\bin short\b|\b(main|key) (points|facts)\b|\bwhat(?:'s| is| was| has been|s)? (?:this|it|the (?:thread|conversation|e-?mail|mail|discussion)) (?:about|all about)|\bwhat(?:'s| is|s)? (?:this|the) (?:thread|conversation|mail|e-?mail) (?:all )?about\b|\bwhat(?:'s| is) (?:going on|happening)|\bwhat happened\b|\bwhere (?:do|are) (?:we|things)\b.*\b(?:stand|at)?\b|\bstate of play\b|\bread (?:this|the) (?:thread|conversation|mail|e-?mail)\b|\bexplain (?:this|the) (?:thread|mail|e-?mail)\b/i;
const WRITE =
  "(?:write|wrote|written|reply|replied|answer|answered|respond|responded|mail|mailed|e-?mail|emailed|speak|spoke|say|said|send|sent)";
const WHO_LAST = new RegExp(
  `\\bwho\\b.*\\b${WRITE}\\b.*\\b(?:last|latest|most recent)|\\bwho\\b.*\\b(?:last|latest|most recent(?:ly)?)\\b.*\\b(?:${WRITE}|message|word|one|reply)|\\bwhose turn\\b|\\b(?:last|latest|newest|most recent) (?:message|mail|e-?mail|reply|word)\\b.*\\b(?:here|(?:in|of|on) this|say)\\b|\\blast (?:person|one) to\\b|\\bwho (?:is|was) (?:the )?last\\b`,
  "i",
);
const WHEN_LAST = new RegExp(
  `\\bwhen\\b.*\\b(?:last|latest|most recent(?:ly)?)\\b|\\bwhen did (.+?) ${WRITE}\\b(?!.*\\babout\\b)|\\bhow long (?:ago|since|has)\\b|\\bdate of the last\\b`,
  "i",
);
const PEOPLE =
  /\bparticipants?\b|\bwho(?:'s| is| are| was| were| else is)\b.*\b(?:on|in|part of|involved|copied|cc'?d|included)\b|\bwho are the people\b/i;
const FILES =
  /\b(?:what|which|list|show|any|are there)\b.*\b(?:attachments?|attached|files?|documents?|pdfs?|enclosures?)\b/i;
const TERMS =
  /\b(?:current|latest|newest|present|agreed|key|main|commercial|deal|proposed) terms\b|\bwhat (?:are|were) the terms\b|\bterms? sheet\b|\bterms (?:now|so far|as they stand|on the table|of (?:this|the) (?:deal|thread|offer))\b|\bwhere do the terms\b/i;
const MAIL = /\b(?:e-?mails?|mails?|messages?|threads?|correspondence|conversations? with)\b/i;
const FIND =
  /^(?:find|search|look (?:for|up|through)|show|list|get|fetch|give me|pull up|dig (?:up|out)|any|are there|is there|do (?:i|we) have|did (?:i|we) (?:get|receive|send)|have (?:i|we)|where (?:is|are|was)|which|what)\b/i;
const HERE = /\b(?:here|this (?:thread|conversation|mail|e-?mail|message|one))\b/i;

export function readRequest(request: string, context: SearchContext): Intent {
  const text = withoutManners(request);
  if (
    IDENTITY.test(text) ||
    /^(help|what can you do|what do you do|how do you work)\b/i.test(text)
  ) {
    return { kind: "who_are_you" };
  }
  if (
    /^(?:yes|yes please|sure|ok(?:ay)?|do it|do that|please do|go ahead|yep|yeah|please)[\s.!,]*$/i.test(
      request.trim(),
    )
  ) {
    return { kind: "widen" };
  }
  if (SEND.test(text) || SEND.test(request.trim())) return { kind: "send" };
  const change = readChange(request);
  if (change !== undefined) return { kind: "change", change };
  const office = readOffice(request);
  if (office !== undefined) return { kind: "office", office };
  const draft = readDraft(request);
  if (draft !== undefined) return { kind: "draft", draft };
  if (/^(?:thanks|thank you|thx|great|perfect|cheers|good)\b[^?]{0,30}$/i.test(request.trim())) {
    return { kind: "thanks" };
  }
  return latest(text) ?? reading(text, context);
}

const PERSON_OR_TOPIC =
  /\b(?:from|by|about|regarding|concerning|mentioning|with|since|before|after|containing)\s+(?!my\b|the inbox)\S/i;

function latest(text: string): Intent | undefined {
  const isNews =
    /\bwhat(?:'s| is|s)? new\b|\banything new\b|\bcheck (?:my )?(?:inbox|mail|e-?mails?)\b|\bwhat did i miss\b|\b(?:show|list|read|open|summari[sz]e)\b.*\binbox\b|^(?:my )?inbox\b|\bin my inbox\b/i.test(
      text,
    ) ||
    /^what (?:did|have) i (?:last |recently |just )?(?:send|sent|write|written)(?: recently| lately| today| last)?[?.!]*$/i.test(
      text,
    ) ||
    /\b(?:latest|newest|most recent|recent|new|unread|last|sent)\b.*\b(?:e-?mails?|mails?|messages?)\b|^(?:show|list|get)?\s*(?:me )?(?:my |the |all )?unread\b/i.test(
      text,
    );
  if (!isNews || HERE.test(text) || PERSON_OR_TOPIC.test(text) || /^(?:who|when)\b/i.test(text))
    return undefined;
  if (/\bthis thread\b|\bsearch\b/i.test(text)) return undefined;
  if (/^search\b/i.test(text)) return undefined;
  const count = /\b(\d{1,2})\b/.exec(text)?.[1];
  const label = /\bunread\b/i.test(text)
    ? "unread"
    : /\b(?:sent|send|i wrote|i write|outbox)\b/i.test(text)
      ? "sent"
      : "inbox";
  return {
    kind: "latest",
    label,
    ...(count === undefined ? {} : { max: Math.min(25, Math.max(1, Number(count))) }),
  };
}

function search(text: string, context: SearchContext): Intent {
  return { kind: "search", search: readSearch(text, context) };
}

const HUNT = /^(?:find|search|look (?:for|up|through)|pull up|dig)\b/i;
const FROM_OR_ABOUT = /\b(?:from|by|about|to|with|regarding|since|on|mentioning)\b/i;
const POSSESSED =
  /^(?:(?:show|list|get|me|all|the)\s+)*\p{Lu}[\p{L}.-]+(?: \p{Lu}[\p{L}.-]+)?['’]s?\s+(?:\p{L}+\s+)?(?:e-?mails?|mails?|messages?)\b/u;
const QUESTION =
  /^(?:what|when|where|why|how|which|who|whose|did|does|do|is|are|was|were|has|have|had|can|should|will)\b/i;

/** True for requests that can only be meant for the whole mailbox. */
function isSearch(text: string): boolean {
  if (HUNT.test(text)) return MAIL.test(text) || !OPEN.test(text);
  if (POSSESSED.test(text)) return true;
  if (SUMMARY.test(text)) return false;
  const isList =
    /^(?:(?:the|my|all|every|latest|newest|last|recent|unread|\d+)\s+)*(?:e-?mails?|mails?|messages?|everything|anything|threads?)\b/i;
  if (isList.test(text)) return FROM_OR_ABOUT.test(text);
  if (!FIND.test(text) || !PERSON_OR_TOPIC.test(text)) return false;
  if (/\bwho\b|\bwhen\b|\b(?:last|latest) (?:message|mail|word)\b.*\bwas\b/i.test(text))
    return false;
  return (
    MAIL.test(text) ||
    /\b(?:anything|something)\b/i.test(text) ||
    (FILES.test(text) && /\bfrom\b/i.test(text) && !HERE.test(text))
  );
}

function reading(text: string, context: SearchContext): Intent {
  if (isSearch(text)) return search(text, context);
  const asked = threadAsk(text) ?? saidAsk(text);
  if (asked !== undefined) return asked;
  if (FIND.test(text) && MAIL.test(text)) return search(text, context);
  const topic = topicOf(text);
  if (topic === "") return { kind: "unknown" };
  if (/\?\s*$/.test(text) || QUESTION.test(text)) return { kind: "said", topic };
  return FIND.test(text) ? search(text, context) : { kind: "unknown" };
}

function threadAsk(text: string): Intent | undefined {
  if (TERMS.test(text)) return { kind: "thread", ask: "terms" };
  if (WHO_LAST.test(text)) return { kind: "thread", ask: "who_last" };
  const heard =
    /\b(?:is|are|was|were) there (?:an?y?|already an?) (?:answer|reply|response|word|news) from (.+?)[?.!]*$|\b(?:did|has|have) (.+?) (?:reply|replied|answer|answered|respond|responded|write back|written back)(?: yet| already| to (?:this|us|me))*[?.!]*$/i.exec(
      text,
    );
  const answered = cleanName(heard?.[1] ?? heard?.[2] ?? "");
  if (answered !== "" && !/^(?:when|who)\b/i.test(text))
    return { kind: "thread", ask: "when_last", person: answered };
  if (WHEN_LAST.test(text)) return { kind: "thread", ask: "when_last", ...person(whoIn(text)) };
  if (SUMMARY.test(text)) {
    const about = /\b(?:about|regarding|on|with|from)\s+(?!this\b|it\b|what\b)(.+)$/i.exec(
      text,
    )?.[1];
    const topic =
      HERE.test(text) ||
      about === undefined ||
      !/\b(?:threads?|mails?|e-?mails?|conversation|exchange)\b/i.test(text)
        ? ""
        : topicOf(about);
    return { kind: "thread", ask: "summary", ...(topic === "" ? {} : { topic }) };
  }
  if (PEOPLE.test(text)) return { kind: "thread", ask: "people" };
  if (FILES.test(text) && !/\babout\b/i.test(text)) return { kind: "thread", ask: "files" };
  if (OPEN.test(text) && !/\b(?:say|said|write|wrote|mention)\b/i.test(text))
    return { kind: "thread", ask: "open" };
  return undefined;
}

function person(name: string | undefined): { person?: string } {
  return name === undefined ? {} : { person: name };
}

function whoIn(text: string): string | undefined {
  const match =
    new RegExp(`\\b(?:did|has|have)\\s+(.+?)\\s+(?:last\\s+|most recently\\s+)?${WRITE}`, "i").exec(
      text,
    ) ??
    /\b(?:from|of|by)\s+(.+?)(?:\s+(?:here|in this|about|to)\b|[?.!]|$)/i.exec(text) ??
    /\bheard? from\s+(.+?)[?.!]*$/i.exec(text);
  const name = cleanName(match?.[1] ?? "");
  return name === "" || /^(this|that|the)\b/i.test(name) ? undefined : name;
}

function saidAsk(text: string): Intent | undefined {
  const about =
    /\bwhat(?:'s| is| was| has been| did (?:they|we|people|anyone))?\s+(?:been\s+)?(?:said|written|agreed|decided|mentioned|discussed|say|agree|decide)\s+(?:about|on|regarding|to|for)\s+(.+)$/i.exec(
      text,
    );
  if (about !== null) return { kind: "said", topic: topicOf(about[1] ?? "") };
  const direct =
    /^(?:and\s+)?(?:(?:what|how|why|when|where|which\s+\S+)\s+)?(?:did|does|do|has|have|had)\s+(.+?)\s+(?:really |actually |ever |already |last )?(?:say|said|write|written|wrote|tell|told|ask|asked|mention|mentioned|propose|proposed|think|reply|replied|answer|answered|confirm|confirmed|agree|agreed|want|wanted|offer|offered|promise|promised)\b(.*)$/i.exec(
      text,
    );
  if (direct === null) return undefined;
  const name = cleanName(direct[1] ?? "");
  const topic = topicOf(direct[2] ?? "");
  if (/^(they|we|people|anyone|anybody|someone|somebody|it|the other side)$/i.test(name))
    return { kind: "said", topic };
  return { kind: "said", topic, ...(name === "" ? {} : { person: name }) };
}
