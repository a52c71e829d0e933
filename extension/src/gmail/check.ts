/** Every read of a page with the candidate that found it, for tests and for `pnpm gmail:selfcheck`. Not part of the content script. */
import { isDelegated, mailBase, ownAddress } from "./account.ts";
import { messageRows } from "./message.ts";
import { findRail, findRow } from "./room.ts";
import {
  ACCOUNT_LINK,
  type Candidate,
  DOCK,
  type Found,
  MESSAGE,
  MESSAGE_ROW,
  RAIL,
  THREAD_HEADING,
  THREAD_LOG,
} from "./selectors.ts";
import { gmailTheme } from "./theme.ts";
import { type OpenThread, openThread } from "./thread.ts";

export interface Read {
  name: "thread" | "messages" | "account" | "dock" | "rail";
  found: boolean;
  /** What was read, or why nothing was. */
  says: string;
  by: string;
  /** Hits of each candidate anywhere in the page, hidden ones included. */
  tried: { css: string; seen: string; hits: number }[];
}

export interface PageCheck {
  thread: OpenThread["state"];
  threadId?: string;
  /** Ids of the messages that stand open. */
  messages: string[];
  folded: number;
  account?: string;
  delegated: boolean;
  base: string;
  dock: boolean;
  rail: "left" | "right" | "none";
  theme: "light" | "dark";
  reads: Read[];
}

function sideOf(rail: Found<HTMLElement>): PageCheck["rail"] {
  if (!rail.found) return "none";
  const { left, right } = rail.value.getBoundingClientRect();
  return (left + right) / 2 < window.innerWidth / 2 ? "left" : "right";
}

export function checkPage(doc: Document, pathname: string): PageCheck {
  const tried = (...lists: (readonly Candidate[])[]) =>
    lists.flat().map(({ css, seen }) => ({ css, seen, hits: doc.querySelectorAll(css).length }));
  const thread = openThread(doc);
  const rows = thread.state === "none" ? [] : messageRows(doc);
  const messages = rows.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const folded = rows.filter((row) => row.folded).length;
  const delegated = isDelegated(pathname);
  const account = ownAddress(doc, delegated);
  const row = findRow(doc);
  const rail = findRail(doc);
  const isFound = thread.state === "found";
  return {
    thread: thread.state,
    ...(isFound ? { threadId: thread.id } : {}),
    messages,
    folded,
    ...(account.found ? { account: account.value } : {}),
    delegated,
    base: mailBase(pathname),
    dock: row.found,
    rail: sideOf(rail),
    theme: gmailTheme(doc),
    reads: [
      {
        name: "thread",
        found: isFound,
        says: isFound ? thread.id : thread.state,
        by: isFound ? thread.by : "",
        tried: tried(THREAD_HEADING, THREAD_LOG),
      },
      {
        name: "messages",
        found: messages.length > 0,
        says: `${messages.length} open, ${folded} folded`,
        by: "",
        tried: tried(MESSAGE, MESSAGE_ROW),
      },
      {
        name: "account",
        found: account.found,
        says: account.found ? account.value : delegated ? "delegated, not sure whose" : "",
        by: account.found ? account.by : "",
        tried: tried(ACCOUNT_LINK),
      },
      {
        name: "dock",
        found: row.found,
        says: row.found ? "beside the mail" : "over the mail",
        by: row.found ? row.by : "",
        tried: tried(DOCK),
      },
      {
        name: "rail",
        found: rail.found,
        says: sideOf(rail),
        by: rail.found ? rail.by : "",
        tried: tried(RAIL),
      },
    ],
  };
}
