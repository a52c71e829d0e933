/** "reply to Ana saying that Tuesday works and send it" -> what to draft. Reads left to right: verb, person, subject, words. Pure. */

export interface Say {
  /** What to do with the words: state them, or build a sentence around the thing named. */
  kind:
    | "say"
    | "ask"
    | "decline"
    | "accept"
    | "confirm"
    | "thank"
    | "propose"
    | "apologise"
    | "remind";
  text: string;
}

export interface DraftRequest {
  mode: "reply" | "reply_all" | "forward" | "new";
  /** Who is answered or written to, if named. */
  person?: string;
  addresses: string[];
  subject?: string;
  say?: Say;
  send: boolean;
}

const ADDRESS = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const POLITE =
  /^(?:(?:please|pls|kindly|ok(?:ay)?|now|then|so|hey|hi|hello|vaultdesk|and|yes|great|could you|can you|would you|will you|i(?:'d| would) like (?:you )?to|i (?:want|need) (?:you )?to|i(?:'d| would) like|i (?:want|need)|let'?s|help me(?: to)?|go ahead and)\b[\s,:]*)+/i;

export function withoutManners(request: string): string {
  return request
    .trim()
    .replace(POLITE, "")
    .replace(/[\s,]*\bplease\b\s*([.?!]*)$/i, "$1")
    .trim();
}

const SEND_TOO =
  /[\s,;.]*\b(?:and|then|and then)\s+(?:please\s+)?(?:send|submit) (?:it|this|that|the (?:draft|reply|mail|e-?mail|message))(?: off| out| now| right away| for approval)*\s*[.!]*$/i;

const MAKE = "(?:draft|write|compose|prepare|create|make|generate|start|send)";
const REPLY_NOUN = "(?:reply|response|answer)";
const MAIL_NOUN = "(?:e-?mail|mail|message|note|letter|draft)";
const REPLY = new RegExp(
  `^(?:${MAKE}\\b[^:]{0,40}?\\b${REPLY_NOUN}\\b|(?:reply|respond|answer)\\b(?! (?:from|in|of)\\b)|write back|draft (?:back|something back)|${REPLY_NOUN}\\b(?! from\\b))`,
  "i",
);
/** Verbs that carry what to say: "decline exclusivity", "tell Ana we agree". */
const DIRECT =
  /^(?:tell|ask|let|say|decline|refuse|reject|turn (?:this|it|them) down|accept|agree|confirm|thank|propose|suggest|apologi[sz]e|remind)\b(?! (?:me|us|you|the (?:tool|model))\b)/i;
const NEW = new RegExp(
  `^(?:${MAKE}\\s+(?:me\\s+)?(?:an?\\s+|the\\s+)?(?:\\p{L}+\\s+){0,2}?(?:${MAIL_NOUN}\\s+)?(?:to|for)\\s+|(?:e-?mail|mail|message|write)\\s+(?!back\\b)(?:to\\s+)?|(?:${MAKE}\\s+)?(?:an?\\s+)?new\\s+${MAIL_NOUN}\\s+to\\b|${MAKE}\\s+(?:an?\\s+)?${MAIL_NOUN}\\b)`,
  "iu",
);

const SAYING =
  /\b(?:sa(?:ying|ys?)|stating|writing|with the (?:text|words)|to say|that says|telling(?: (?:him|her|them|everyone|all))?|letting (?:\S+|the team) know|let \S+ know|explaining|noting|mentioning|informing (?:him|her|them))\b[\s:,]*(?:that\b\s*)?|\bthat\s+(?=\S)|\bwith\s+(?=["“])|:\s*/i;
const KINDS: readonly (readonly [Say["kind"], RegExp])[] = [
  [
    "decline",
    /\b(?:declin(?:e|es|ing)|refus(?:e|es|ing)|reject(?:s|ing)?|turn(?:s|ing)? down|say(?:ing)? no to)\s+/i,
  ],
  ["accept", /\b(?:accept(?:s|ing)?|agree(?:s|ing)? (?:to|with)|say(?:ing)? yes to)\s+/i],
  ["ask", /\b(?:ask(?:s|ing)?|request(?:s|ing)?)\s+/i],
  ["confirm", /\bconfirm(?:s|ing)?\s+(?:that\s+)?/i],
  ["thank", /\bthank(?:s|ing)?\s+/i],
  ["propose", /\b(?:propos(?:e|es|ing)|suggest(?:s|ing)?)\s+(?:that\s+)?/i],
  ["apologise", /\bapologi[sz](?:e|es|ing)\s+/i],
  ["remind", /\bremind(?:s|ing)?\s+/i],
];

/** The words, from the first sign that words follow. */
function sayOf(text: string): { say?: Say; head: string } {
  const signs = [...KINDS, ["say", SAYING] as const].flatMap(([kind, pattern]) => {
    const match = pattern.exec(text);
    return match === null ? [] : [{ kind, at: match.index, end: match.index + match[0].length }];
  });
  const first = signs.toSorted((a, b) => a.at - b.at || b.end - a.end)[0];
  if (first === undefined) return { head: text };
  const words = text
    .slice(first.end)
    .replace(/^[\s:,]+/, "")
    .replace(/^(?:and )?(?:saying|text|body|asking)\b[\s:]+(?:that\b\s*)?/i, "")
    .replace(/^["“]([^"“”]*)["”][.?!]*$/, "$1")
    .trim();
  const head = text.slice(0, first.at);
  return /[\p{L}\p{N}]/u.test(words) ? { head, say: { kind: first.kind, text: words } } : { head };
}

const NOT_A_NAME =
  /^(?:this|that|the|it|all|everyone|everybody|him|her|them|me|us|my|your|our|his|their|a|an|last|and|by|in|with|back|know|about|we|i|you|to|of|for|on|is|are|please|short|new|mail|e-?mail|message|thread)$/i;
const NAME = "(\\p{L}[\\p{L}'’-]*(?:\\s+\\p{Lu}[\\p{L}'’-]*)?)";

function nameIn(raw: string | undefined): string | undefined {
  const name = (raw ?? "").replace(/['’]s?$/, "").trim();
  return name === "" || name.split(/\s+/).some((word) => NOT_A_NAME.test(word)) ? undefined : name;
}

function personIn(head: string): string | undefined {
  const to = new RegExp(`\\b(?:to|for)\\s+${NAME}`, "u").exec(head);
  const bare = new RegExp(
    `^(?:[Rr]eply|[Rr]espond|[Aa]nswer|[Ee]-?mail|[Mm]ail|[Mm]essage|[Ww]rite)\\s+(\\p{Lu}[\\p{L}'’-]*(?:\\s+\\p{Lu}[\\p{L}'’-]*)?)`,
    "u",
  ).exec(head);
  return nameIn(to?.[1]) ?? nameIn(bare?.[1]);
}

/** "tell Ana (that) we agree", "ask her for the NDA", "thank Tom for the call", "remind Ana of the deadline". */
function direct(text: string): { person?: string; say?: Say } {
  const told = new RegExp(
    `^(?:[Tt]ell|[Ll]et)\\s+${NAME}\\s+(?:know\\b\\s*)?(?:that\\b\\s*|:\\s*)?(.+)$`,
    "su",
  ).exec(text);
  if (told !== null) {
    const words = (told[2] ?? "").replace(/^[\s:,]+/, "");
    return {
      ...withPerson(nameIn(told[1])),
      ...(words === "" ? {} : { say: { kind: "say", text: words } }),
    };
  }
  const { say } = sayOf(text);
  if (say === undefined) return {};
  const named = new RegExp(
    `^(\\p{L}[\\p{L}'’-]*(?:\\s+\\p{Lu}[\\p{L}'’-]*)?)\\s+(?=(?:for|if|whether|to|when|what|why|how|which|who|of|about|that)\\b)`,
    "u",
  ).exec(say.text);
  const person = /^(?:ask|thank|remind)$/.test(say.kind) ? nameIn(named?.[1]) : undefined;
  if (person === undefined || named === null) return { say };
  return { person, say: { kind: say.kind, text: say.text.slice(named[0].length) } };
}

function withPerson(person: string | undefined): { person?: string } {
  return person === undefined ? {} : { person };
}

/** Subject and the rest of "subject Hello: text", "subject: Hello, text: …", "with subject "Hello" saying …". */
function subjectIn(text: string): { subject?: string; rest: string } {
  const start = "[,:;]?\\s*\\b(?:and )?(?:with (?:the )?)?subject(?: line)?\\s*:?\\s*";
  const end =
    "\\s*(?:[:\\n]|[,;.]?\\s+(?=(?:and\\s+)?(?:saying|text|body|telling|asking|that says|with the text)\\b))\\s*";
  const match =
    new RegExp(`${start}["“]([^"”]+)["”]\\s*[,:;.]*\\s*`, "i").exec(text) ??
    new RegExp(`${start}(.+?)${end}`, "i").exec(text);
  if (match === null) return { rest: text };
  const rest = `${text.slice(0, match.index)}: ${text.slice(match.index + match[0].length)}`;
  return { subject: (match[1] ?? "").trim(), rest };
}

const ALL =
  /\b(?:reply|respond|answer|response)[\s-]*(?:to )?(?:all|everyone|everybody)\b|\bto (?:all|everyone|everybody)\b/i;

const FORWARD = /^(?:forward|fwd)\b/i;

export function readDraft(request: string): DraftRequest | undefined {
  const plain = withoutManners(request);
  const send = SEND_TOO.test(plain);
  const text = plain.replace(SEND_TOO, "").trim();
  const addresses = text.match(ADDRESS) ?? [];
  if (FORWARD.test(text) && addresses.length > 0) {
    const { say } = sayOf(text.replace(ADDRESS, " "));
    return { mode: "forward", addresses, send, ...(say === undefined ? {} : { say }) };
  }
  const isReply = REPLY.test(text);
  if (!isReply && DIRECT.test(text) && addresses.length === 0) {
    return { mode: "reply", addresses: [], send, ...direct(text) };
  }
  if (!isReply && !NEW.test(text)) return undefined;
  const { subject, rest } = subjectIn(text);
  const { say, head } = sayOf(rest);
  const isAll = ALL.test(head);
  const mode = isAll ? "reply_all" : isReply && addresses.length === 0 ? "reply" : "new";
  const person = isAll || addresses.length > 0 ? undefined : personIn(head.replace(ADDRESS, " "));
  if (mode === "new" && addresses.length === 0 && person === undefined) return undefined;
  return {
    mode,
    addresses,
    send,
    ...withPerson(person),
    ...(subject === undefined ? {} : { subject }),
    ...(say === undefined ? {} : { say }),
  };
}
