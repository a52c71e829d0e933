import { sayDay } from "./days.ts";
/** A short reply from the user's words, or from what the message asks. Promises nothing but an answer. Pure. */
import type { Say } from "./draft-request.ts";
import { type Facts, firstNameOf, type Person } from "./facts.ts";
import { isRequest } from "./points.ts";
import type { Style } from "./results.ts";
import type { Line, Said } from "./thread-read.ts";

function sentence(text: string): string {
  const trimmed = text.trim().replace(/\s+([.,!?])/g, "$1");
  const upper = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  const proper = upper.replace(/\bi\b(?=[ '’])/g, "I");
  return /[.!?…]["”)]?$/.test(proper) ? proper : `${proper}.`;
}

/** What the user tells VaultDesk about a third person becomes what is said to that person. */
function toYou(text: string): string {
  return text
    .replace(/\b(?:his|their)\b/gi, "your")
    .replace(/\bher\b(?= \w)/gi, "your")
    .replace(/\b(?:him|them|her)\b/gi, "you")
    .replace(
      /\b(?:he|she|they)\b(?= (?:can|could|will|would|should|must|may|have|need|want|agree|are))/gi,
      "you",
    );
}

function about(text: string): string {
  return text.trim().replace(/[.!]+$/, "");
}

function ask(text: string): string {
  const plain = about(
    toYou(
      text.replace(
        /^(?:him|her|them|everyone|\p{Lu}\p{L}+)\s+(?=for|if|whether|to|when|what|why|how|which|who)/u,
        "",
      ),
    ),
  );
  const [, word = "", rest = ""] =
    /^(for|if|whether|to|when|what|why|how|which|who|where)\s+(.+)$/is.exec(plain) ?? [];
  switch (word.toLowerCase()) {
    case "to":
      return `Could you please ${rest}?`;
    case "for":
      return `Could you please send ${rest}?`;
    case "if":
    case "whether":
      return `Could you tell me whether ${rest}?`;
    case "":
      return plain.endsWith("?") ? sentence(plain) : `Could you please send ${plain}?`;
    default:
      return `Could you tell me ${word.toLowerCase()} ${rest.replace(/\?$/, "")}?`;
  }
}

export function sayBody({ kind, text }: Say): string {
  const it = about(text);
  switch (kind) {
    case "say":
      return sentence(text);
    case "ask":
      return ask(text);
    case "decline":
      return `Thank you for your message. We are not in a position to agree to ${toYou(it)} at this stage.`;
    case "accept":
      return `Thank you for your message. We agree to ${toYou(it)}.`;
    case "confirm":
      return sentence(
        /\b(?:is|are|works?|will|can|have|has|was)\b/i.test(it)
          ? `I confirm that ${toYou(it)}`
          : `I confirm ${toYou(it)}`,
      );
    case "thank":
      return sentence(
        `Thank you ${toYou(it)
          .replace(/^(?:your?|\p{Lu}\p{L}+)\s+(?=for\b)/u, "")
          .replace(/^(?:your?|\p{Lu}\p{L}+)$/u, "for your message")}`,
      );
    case "propose":
      return sentence(`We propose ${toYou(it)}`);
    case "apologise":
      return sentence(`I apologise ${it}`);
    case "remind":
      return `A short reminder: ${about(toYou(it.replace(/^(?:him|her|them|\p{Lu}\p{L}+)\s+(?=(?:about|of|that|to)\b)/u, "").replace(/^(?:about|of|that)\s+/i, "")))}.`;
  }
}

/** "Can you send your comments to us?" -> "send our comments to you". */
function turned(text: string): string {
  const swap: Readonly<Record<string, string>> = {
    your: "our",
    yours: "ours",
    you: "us",
    me: "you",
    us: "you",
    my: "your",
    our: "your",
  };
  return text.replace(
    /\b(?:yours?|you|me|us|my|our)\b/gi,
    (word) => swap[word.toLowerCase()] ?? word,
  );
}

const ASKED =
  /^(?:(?:also|and|so|then|finally|first|second|again),?\s+)*(?:(?:can|could|would|will) you (?:please |kindly |also )*|(?:please|kindly) (?:also )?)(.+?)(?:,? please)?[.?!]*$/i;
const NEEDED = /^(?:we|i) (?:still |also |really |urgently )?need (?!to\b)(.+?)[.!]*$/i;

function takeUp(line: Line): string {
  const text = line.text.trim();
  const asked = ASKED.exec(text)?.[1];
  const needed = NEEDED.exec(text)?.[1];
  const short = line.keys.size <= 16 && !/[;:“”"]/.test(text);
  if (short && asked !== undefined && !/\b(?:I|we)\b/.test(asked)) {
    return `I have noted your request to ${turned(asked)} and will come back to you on it.`;
  }
  if (short && needed !== undefined && !/\b(?:I|we)\b/.test(needed)) {
    return `I have noted that you need ${turned(needed)} and will come back to you on it.`;
  }
  const quote = text.length <= 220 ? text : `${text.slice(0, 220).replace(/\s+\S*$/, "")}…`;
  return `You wrote: “${quote.replace(/[“”]/g, '"')}” I will check and come back to you on this.`;
}

/** The user's own message was chosen: the next word on it is the user's too. */
function followUp(message: Said, asked: readonly Line[], facts: Facts): string {
  const head = `I am following up on my message of ${sayDay(message.date, facts.timeZone)}.`;
  if (asked.length === 0) return head;
  return `${head} I asked: ${asked.map((line) => line.text).join(" ")}`;
}

export function bodyFromMessage(message: Said | undefined, facts: Facts): string {
  const asked = message?.lines.filter(isRequest).slice(0, 2) ?? [];
  if (message?.mine === true) return followUp(message, asked, facts);
  if (asked.length > 0) return asked.map(takeUp).join("\n\n");
  const of = message === undefined ? "" : ` of ${sayDay(message.date, facts.timeZone)}`;
  return `Thank you for your message${of}. I have read it and will come back to you.`;
}

/** Greeting, text, sign-off. Text that greets or signs off by itself keeps its own. */
export function letter(
  text: string,
  to: Person | undefined,
  user: Person | undefined,
  style?: Style,
): string {
  const first = to === undefined ? undefined : firstNameOf(to);
  const greets = /^(?:hi|hello|dear|hey|good (?:morning|afternoon|evening))\b/i.test(text);
  const usual = style?.usual_greeting.replace("{name}", first ?? "all");
  const plain = first === undefined ? "Hello," : `Hi ${first},`;
  const greeting = greets ? [] : [usual === undefined || usual === "none" ? plain : usual, ""];
  const sender = user === undefined ? undefined : firstNameOf(user);
  const signs = /\n\s*(?:best|regards|kind regards|thanks|cheers)\b[^\n]*(?:\n.*)?$/i.test(text);
  const regards = ["Best regards,", ...(sender === undefined ? [] : [sender])];
  const own = style === undefined || style.usual_sign_off === "none";
  const end = signs ? [] : ["", ...(own ? regards : [style.usual_sign_off])];
  return [...greeting, text, ...end].join("\n");
}
