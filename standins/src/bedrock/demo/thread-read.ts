/** A thread as read: who wrote what, in the sender's own words. Pure. */
import { type Facts, type Person, personOf } from "./facts.ts";
import { isForAssistants, ownText, sentencesOf } from "./mail-text.ts";
import type { ThreadMail } from "./results.ts";
import { keysOf } from "./words.ts";

export interface Line {
  text: string;
  keys: ReadonlySet<string>;
  message: Said;
  /** Place in the message. */
  at: number;
}

export interface Said {
  id: string;
  from: Person;
  to: Person[];
  mine: boolean;
  date: string;
  files: string[];
  forwarded: boolean;
  lines: Line[];
  /** Holds text that speaks to an assistant; it is left out of `lines`. */
  hostile: boolean;
}

export interface Read {
  subject: string;
  messages: Said[];
  people: Person[];
}

export function readThread(mail: ThreadMail, facts: Facts): Read {
  const people = new Map<string, Person>();
  const messages = mail.messages.map((raw) => {
    const from = personOf(raw.from);
    people.set(from.address || from.name, from);
    const { text, forwarded } = ownText(raw.text);
    const all = sentencesOf(text);
    const message: Said = {
      id: raw.id,
      from,
      to: partiesOf(raw.to),
      mine: facts.user !== undefined && from.address === facts.user.address,
      date: raw.date,
      files: raw.attachments.map((file) => file.filename).filter((name) => name !== ""),
      forwarded,
      lines: [],
      hostile: all.some(isForAssistants),
    };
    message.lines = all
      .filter((one) => !isForAssistants(one))
      .map((one, at) => ({ text: one, keys: keysOf(one), message, at }));
    return message;
  });
  return {
    subject: mail.subject,
    messages: messages.toSorted((a, b) => a.date.localeCompare(b.date)),
    people: [...people.values()],
  };
}

/** `"Ruiz, Ana" <a@x>, b@y`: a comma inside quotation marks parts nothing. */
function partiesOf(header: string): Person[] {
  const parts = header.match(/(?:"[^"]*"|[^,"])+/g) ?? [];
  return parts.filter((part) => part.trim() !== "").map(personOf);
}
