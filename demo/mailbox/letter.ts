/** What a thread of the mailbox is written as. Each letter answers the one before it. */
import type { Paper } from "./paper.ts";
import type { Person } from "./people.ts";

export interface Letter {
  /** ISO 8601 with the writer's offset. */
  at: string;
  from: Person;
  to: readonly Person[];
  cc?: readonly Person[];
  /** Paragraphs. */
  text: readonly string[];
  /** Quotes the letter before under its own text. */
  quotes?: true;
  /** `true`: the same text in HTML beside the plain one. A string: HTML of its own. */
  html?: true | string;
  files?: readonly Paper[];
  /** Beside INBOX in the owner's mailbox. */
  labels?: readonly ("UNREAD" | "STARRED" | "IMPORTANT" | "CATEGORY_UPDATES")[];
  headers?: Readonly<Record<string, string>>;
  /** Replaces the thread's subject with its prefix. */
  subject?: string;
}

export interface Thread {
  /** Part of every Message-ID: never changes. */
  key: string;
  subject: string;
  /** "Re: " unless the writers' language has another. */
  prefix?: string;
  letters: readonly Letter[];
}
