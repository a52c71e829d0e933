/**
 * What a person should know before they say yes: where each address comes from, and what about it, or about the text, is not as it seems.
 * A closed union with its words: a sentence for the card, a few words for the phone. Pure.
 */
import { z } from "zod";

/** Where a name in a proposal comes from, best first. `text`: only the text of a mail, an event or a file says it. */
export const Origin = z.enum(["user", "thread", "correspondent", "result", "text", "nowhere"]);
export type Origin = z.infer<typeof Origin>;

export const ORIGIN_WORDS: Readonly<Record<Origin, string>> = {
  user: "you named it",
  thread: "in this thread",
  correspondent: "you wrote to them before",
  result: "in another mail or event",
  text: "only in a text that was read",
  nowhere: "named nowhere",
};

const about = z.string().max(998);

const plain = <K extends string>(kind: K) => z.object({ kind: z.literal(kind), about });
const paired = <K extends string>(kind: K) =>
  z.object({ kind: z.literal(kind), about, of: z.string().max(998) });

export const Warning = z.discriminatedUnion("kind", [
  plain("tier_override"),
  plain("override_reason"),
  plain("not_asked_for"),
  plain("from_mail_text_only"),
  plain("bank_details"),
  paired("look_alike_domain"),
  plain("homograph"),
  plain("bidi_or_invisible"),
  paired("display_name_spoof"),
  paired("reply_to_differs"),
  plain("files_to_stranger"),
  plain("not_looked_into"),
  plain("text_of_other_mail"),
  plain("link_from_mail"),
  plain("words_of_mail"),
  plain("first_time_domain"),
  plain("first_time_address"),
  plain("not_looked_up"),
  plain("not_in_this_thread"),
  plain("plus_address"),
  plain("reply_all_many"),
  plain("joins_room"),
]);
export type Warning = z.infer<typeof Warning>;
export type WarningKind = Warning["kind"];

/** What is known of a mail's or an event's addresses and text; absent where it was written down before this was looked at. */
export const judged = {
  /** By address, lower-cased. */
  origins: z.record(z.string(), Origin).optional(),
  warnings: z.array(Warning).optional(),
};

interface Words {
  /** Stop and think; the others are facts to know. */
  grave: boolean;
  card(warning: { about: string; of: string }): string;
  /** As short as it goes: a phone shows 255 characters. */
  phone(warning: { about: string; of: string }): string;
}

const WORDS: Readonly<Record<WarningKind, Words>> = {
  tier_override: {
    grave: true,
    card: ({ about: what }) => `${what}. It goes out only by an override.`,
    phone: ({ about: what }) => `override: ${what}`,
  },
  override_reason: {
    grave: true,
    card: ({ about: why }) => `The reason given for the override: ${why}`,
    phone: ({ about: why }) => `because: ${why}`,
  },
  not_asked_for: {
    grave: true,
    card: ({ about: what }) => `You did not ask for this in your own words: ${what}.`,
    phone: ({ about: what }) => `you did not ask to ${what}`,
  },
  from_mail_text_only: {
    grave: true,
    card: ({ about: who }) =>
      `${who} stands only in a text that was read. Neither you nor a mail's From, To or Cc names it.`,
    phone: ({ about: who }) => `named only in a mail's text: ${who}`,
  },
  bank_details: {
    grave: true,
    card: ({ about: what }) =>
      `The text holds bank details that are not from you: ${what}. Ask the payee on a number that you know.`,
    phone: ({ about: what }) => `bank details not from you: ${what}`,
  },
  look_alike_domain: {
    grave: true,
    card: ({ about: who, of }) => `${who} is not at ${of}: the domain only looks like it.`,
    phone: ({ about: who, of }) => `looks like ${of}, but is not: ${who}`,
  },
  homograph: {
    grave: true,
    card: ({ about: who }) => `${who} has letters that look like others, from another alphabet.`,
    phone: ({ about: who }) => `look-alike letters: ${who}`,
  },
  bidi_or_invisible: {
    grave: true,
    card: ({ about: who }) => `${who} has invisible characters, or some that turn text around.`,
    phone: ({ about: who }) => `invisible characters: ${who}`,
  },
  display_name_spoof: {
    grave: true,
    card: ({ about: who, of }) => `The name is that of ${of}, but the mail goes to ${who}.`,
    phone: ({ about: who, of }) => `name of ${of}, goes to ${who}`,
  },
  reply_to_differs: {
    grave: true,
    card: ({ about: who, of }) =>
      `The answer goes to ${who}, where the mail asked for it, not to its sender ${of}.`,
    phone: ({ about: who, of }) => `goes to ${who}, not to the sender ${of}`,
  },
  files_to_stranger: {
    grave: true,
    card: ({ about: who }) => `The files go to ${who}, to whom you never wrote.`,
    phone: ({ about: who }) => `files go to a stranger: ${who}`,
  },
  not_looked_into: {
    grave: true,
    card: ({ about: file }) =>
      `${file} is locked or packed so that it can't be looked into: a document of a deal room may be in it.`,
    phone: ({ about: file }) => `can't be looked into: ${file}`,
  },
  text_of_other_mail: {
    grave: true,
    card: ({ about: what }) => `The text repeats another mail, which not all of these got: ${what}`,
    phone: ({ about: what }) => `repeats another mail: ${what}`,
  },
  link_from_mail: {
    grave: true,
    card: ({ about: where }) => `The text links to ${where}, which only a mail's text names.`,
    phone: ({ about: where }) => `link from a mail's text: ${where}`,
  },
  words_of_mail: {
    grave: false,
    card: ({ about: what }) =>
      `These words of the text stand in what was read, not in yours: ${what}`,
    phone: ({ about: what }) => `words of a mail: ${what}`,
  },
  first_time_domain: {
    grave: false,
    card: ({ about: who }) => `First mail to this domain: ${who}.`,
    phone: ({ about: who }) => `first to this domain: ${who}`,
  },
  first_time_address: {
    grave: false,
    card: ({ about: who }) => `First mail to ${who}.`,
    phone: ({ about: who }) => `first to ${who}`,
  },
  not_looked_up: {
    grave: false,
    card: ({ about: who }) => `Whether you wrote to ${who} before could not be looked up.`,
    phone: ({ about: who }) => `not looked up: ${who}`,
  },
  not_in_this_thread: {
    grave: false,
    card: ({ about: who }) => `${who} is not in this thread.`,
    phone: ({ about: who }) => `not in this thread: ${who}`,
  },
  plus_address: {
    grave: false,
    card: ({ about: who }) => `${who} has a tag after the plus sign.`,
    phone: ({ about: who }) => `tagged address: ${who}`,
  },
  reply_all_many: {
    grave: false,
    card: ({ about: count }) => `It goes to ${count} people.`,
    phone: ({ about: count }) => `to ${count} people`,
  },
  joins_room: {
    grave: false,
    card: ({ about: room }) =>
      `It is the label of ${room}: the threads join that deal room, and everybody in it sees their subjects.`,
    phone: ({ about: room }) => `joins the deal room ${room}`,
  },
};

// Each of these could make a warning read as something else.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}]+/gu;

function clean(text: string): string {
  return text.replace(INVISIBLE, "\u00b7").replace(/\s+/g, " ").trim();
}

function filled(warning: Warning) {
  return { about: clean(warning.about), of: "of" in warning ? clean(warning.of) : "" };
}

export function isGrave({ kind }: Warning): boolean {
  return WORDS[kind].grave;
}

export function cardWords(warning: Warning): string {
  return WORDS[warning.kind].card(filled(warning));
}

const KINDS = Warning.options.map((option) => option.shape.kind.value);

/** The worst kind first, each thing once, and nothing milder about what a worse one names already. */
export function worstFirst(warnings: readonly Warning[]): Warning[] {
  const seen = new Set<string>();
  return warnings
    .toSorted((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))
    .filter((one) => {
      const key = `${one.kind} ${one.about}`;
      return !seen.has(key) && seen.add(key);
    });
}

const FROM_MAIL = 160;

/** The worst first, as many as fit into `limit` characters, and how many more; empty for none. */
export function phoneWords(warnings: readonly Warning[], limit: number): string {
  const all = worstFirst(warnings).map((one) => {
    const words = WORDS[one.kind].phone(filled(one));
    return words.length <= FROM_MAIL ? words : `${words.slice(0, FROM_MAIL - 1)}…`;
  });
  let text = "";
  for (const [index, words] of all.entries()) {
    const left = all.length - index - 1;
    const next = text === "" ? words : `${text}; ${words}`;
    const tail = left === 0 ? "" : `; ${left} more`;
    if (next.length + tail.length > limit) {
      return text === "" ? next.slice(0, limit) : `${text}; ${left + 1} more`;
    }
    text = next;
  }
  return text;
}
