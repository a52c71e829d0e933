/** "reply to Ana saying that Tuesday works and send it" -> what to draft. Pure. */

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
  mode: "reply" | "reply_all" | "new";
  /** Who is answered or written to, if named. */
  person?: string;
  addresses: string[];
  subject?: string;
  say?: Say;
  send: boolean;
}

const ADDRESS = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const POLITE =
  /^(?:(?:please|pls|kindly|ok(?:ay)?|now|then|so|hey|hi|hello|vaultdesk|and|yes|great|thanks|could you|can you|would you|will you|i(?:'d| would) like (?:you )?to|i (?:want|need) (?:you )?to|i(?:'d| would) like|i (?:want|need)|let'?s|help me(?: to)?|go ahead and)\b[\s,:]*)+/i;

export function withoutManners(request: string): string {
  return request
    .trim()
    .replace(POLITE, "")
    .replace(/[\s,]*\bplease\b\s*([.?!]*)$/i, "$1")
    .trim();
}

const SEND_TOO =
  /[\s,;.]*\b(?:and|then|and then)\s+(?:please\s+)?(?:send|submit) (?:it|this|that|the (?:draft|reply|mail|e-?mail|message))(?: off| out| now| right away| for approval)*\s*[.!]*$/i;

const REPLY_NOUN = "(?:reply|response|answer|respon[sc]e back)";
const MAIL_NOUN = "(?:e-?mail|mail|message|note|letter|draft)";
const MAKE = "(?:draft|write|compose|prepare|create|make|generate|start|send)";

const REPLY = new RegExp(
  `^(?:${MAKE}\\b.{0,40}?\\b${REPLY_NOUN}\\b|reply|respond|answer (?:(?:to )?(?:this|that|the|her|him|them|it|\\p{Lu}|with|by|all)|that\\b)|write back|draft (?:back|something back)|tell (?!me\\b|us\\b)|let (?!me\\b|us\\b|'s)\\S+ know|decline\\b|turn (?:this|it|them) down|accept\\b|thank (?!you\\b)|${REPLY_NOUN}\\b)`,
  "iu",
);
const NEW = new RegExp(
  `^(?:${MAKE}\\s+(?:me\\s+)?(?:an?\\s+|the\\s+)?(?:new\\s+|short\\s+|quick\\s+|brief\\s+)*(?:${MAIL_NOUN}\\s+)?(?:to|for)\\s+|(?:e-?mail|mail|message|write)\\s+(?!back\\b)(?:to\\s+)?|${MAKE}\\s+(?:an?\\s+)?(?:new\\s+)?${MAIL_NOUN}\\b)`,
  "iu",
);

const KINDS: readonly (readonly [Say["kind"], RegExp])[] = [
  [
    "decline",
    /\b(?:declin(?:e|es|ing)|refus(?:e|es|ing)|reject(?:s|ing)?|turn(?:s|ing)? down|say(?:ing)? no to)\s+(.+)$/i,
  ],
  ["accept", /\b(?:accept(?:s|ing)?|agree(?:s|ing)? (?:to|with)|say(?:ing)? yes to)\s+(.+)$/i],
  ["ask", /\b(?:ask(?:s|ing)?|request(?:s|ing)?)\s+(.+)$/i],
  ["confirm", /\bconfirm(?:s|ing)?\s+(?:that\s+)?(.+)$/i],
  ["thank", /\bthank(?:s|ing)?\s+(.+)$/i],
  ["propose", /\b(?:propos(?:e|es|ing)|suggest(?:s|ing)?)\s+(?:that\s+)?(.+)$/i],
  ["apologise", /\bapologi[sz](?:e|es|ing)\s+(.+)$/i],
  ["remind", /\bremind(?:s|ing)?\s+(.+)$/i],
];
const SAYING =
  /\b(?:sa(?:ying|ys?)|stating|writing|with the text|text|body|to say|tell(?:ing)?(?: (?:him|her|them|everyone|all))?|let(?:ting)? (?:\S+|the team) know|explaining|noting|mentioning|informing (?:him|her|them)|that says)(?:\s*:\s*|\s+(?:that\s+)?|$)(.+)$/is;

function sayOf(text: string): Say | undefined {
  const colon = /^[^:“"]{0,80}:\s*(.+)$/s.exec(text);
  const said = SAYING.exec(text);
  const first = KINDS.map(([kind, pattern]) => ({ kind, match: pattern.exec(text) })).filter(
    (one) => one.match !== null,
  );
  const best = first.toSorted((a, b) => (a.match?.index ?? 0) - (b.match?.index ?? 0))[0];
  if (colon !== null && (said === null || said.index >= colon[0].indexOf(":"))) {
    return words("say", colon[1]);
  }
  if (said !== null && (best === undefined || said.index <= (best.match?.index ?? 0))) {
    return words("say", said[1]);
  }
  return best === undefined ? undefined : words(best.kind, best.match?.[1]);
}

function words(kind: Say["kind"], raw: string | undefined): Say | undefined {
  const text = (raw ?? "")
    .trim()
    .replace(/^["“]([^"“”]*)["”]\.?$/, "$1")
    .trim();
  return text === "" ? undefined : { kind, text };
}

const NOT_A_NAME =
  /^(this|that|the|it|all|everyone|him|her|them|me|us|say(ing)?|with|declin\w+|accept\w+|ask\w*|my|a|an|last|his|their|and|by|in)$/i;

function personIn(text: string): string | undefined {
  const match =
    /\b(?:reply|response|answer|respond|back|tell|let|thank|draft|mail|e-?mail|message|note|write|answer)(?:\s+(?:to|for))?\s+((?:(?:\p{L}[\p{L}'’.-]*)\s*){1,3})/iu.exec(
      text,
    );
  const named = /\bto\s+(\p{Lu}[\p{L}'’-]*(?:\s+\p{Lu}[\p{L}'’-]*)?)/u.exec(text);
  const raw = named?.[1] ?? match?.[1] ?? "";
  const all = raw.trim().split(/\s+/);
  const stop = all.findIndex(
    (word) =>
      NOT_A_NAME.test(word) || /^(that|know|about|we|i|you|to|of|for|on|is|are)$/i.test(word),
  );
  const name = (stop < 0 ? all : all.slice(0, stop))
    .slice(0, 2)
    .join(" ")
    .replace(/['’]s$/, "");
  return name === "" || NOT_A_NAME.test(name) ? undefined : name;
}

/** Subject and text of "subject Hello: text", "subject: Hello, text: …", "with subject "Hello" saying …". */
function subjectIn(text: string): { subject?: string; rest: string } {
  const quoted =
    /,?\s*\b(?:with (?:the )?)?subject(?: line)?\s*:?\s*["“]([^"”]+)["”]\s*[,:;.]*\s*/i.exec(text);
  const bare =
    /,?\s*\b(?:with (?:the )?)?subject(?: line)?\s*:?\s+(.+?)\s*(?:[:\n]|,?\s+(?=(?:and\s+)?(?:saying|text|body|telling|asking|that says|with the text)\b))\s*/i.exec(
      text,
    );
  const match = quoted ?? bare;
  if (match === null) return { rest: text };
  const rest = `${text.slice(0, match.index)}: ${text.slice(match.index + match[0].length)}`;
  return { subject: (match[1] ?? "").trim(), rest };
}

export function readDraft(request: string): DraftRequest | undefined {
  const plain = withoutManners(request);
  const send = SEND_TOO.test(plain);
  const text = plain.replace(SEND_TOO, "").trim();
  const addresses = text.match(ADDRESS) ?? [];
  const isReply = REPLY.test(text);
  if (!isReply && !NEW.test(text)) return undefined;
  const isAll =
    /\b(?:reply|respond|answer|reply-?)[\s-]*(?:to )?(?:all|everyone|everybody)\b/i.test(text);
  const mode = isAll ? "reply_all" : isReply && addresses.length === 0 ? "reply" : "new";
  const { subject, rest } = subjectIn(text);
  const said = sayOf(rest.replace(/^:\s*/, ""));
  const head = said === undefined ? rest : rest.slice(0, Math.max(0, rest.lastIndexOf(said.text)));
  const person = isAll ? undefined : personIn(head.replace(ADDRESS, " "));
  if (mode === "new" && addresses.length === 0 && person === undefined) return undefined;
  return {
    mode,
    addresses,
    send,
    ...(person === undefined || addresses.length > 0 ? {} : { person }),
    ...(subject === undefined ? {} : { subject }),
    ...(said === undefined ? {} : { say: said }),
  };
}
