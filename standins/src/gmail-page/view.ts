/**
 * What the page shows at a hash: `#inbox`, `#inbox/TOKEN`, `#search/WORDS`, `#drafts?compose=ID`. In place of a token the id of a thread
 * or of a message in it will do, as in Gmail's own links. Pure.
 */
import type { MailboxView } from "../google/mailbox-view.ts";
import { permanentId, tokenOf } from "./address.ts";
import { composeView } from "./compose-view.ts";
import { FOLDER_NAMES, type Folder, FOLDERS, type Listing, listView, rowsOf } from "./list-view.ts";
import { box, type Part, text, tool } from "./part.ts";
import { rowsFor } from "./search.ts";
import { threadView } from "./thread-view.ts";

export interface PageView {
  title: string;
  folder: Folder | "search";
  words: string;
  main: Part[];
  /** Windows of the compose strip. */
  strip: Part[];
  opened: string[];
  counts: { inbox: number; drafts: number };
}

interface Place {
  folder: Folder | "search";
  words: string;
  id: string | undefined;
  compose: string | undefined;
}

function decoded(words: string): string {
  try {
    return decodeURIComponent(words.replaceAll("+", " "));
  } catch {
    return words;
  }
}

function placeOf(hash: string): Place {
  const [path = "", more] = hash.replace(/^#/, "").split("?");
  const [name, ...rest] = path.split("/");
  const searching = name === "search";
  const words = searching ? decoded(rest.shift() ?? "") : "";
  const id = rest[0];
  return {
    folder: searching ? "search" : (FOLDERS.find((one) => one === name) ?? "inbox"),
    words,
    id: id !== undefined && /^(?:[0-9a-f]{1,20}|FMfcgz[A-Za-z]{10,26})$/.test(id) ? id : undefined,
    compose: new URLSearchParams(more).get("compose") ?? undefined,
  };
}

function listingOf(mailbox: MailboxView, { folder, words }: Place, now: number): Listing {
  if (folder !== "search") {
    const rows = rowsOf(mailbox, folder);
    return { folder, name: FOLDER_NAMES[folder], base: `#${folder}/`, rows };
  }
  return {
    folder: "all",
    name: "Search results",
    base: `#search/${encodeURIComponent(words)}/`,
    rows: rowsFor(mailbox, words, now),
  };
}

function threadOf(mailbox: MailboxView, id: string): string {
  if (mailbox.thread(id).length > 0) return id;
  const owner =
    mailbox.threads().find((row) => tokenOf(row.threadId) === id || row.messageIds.includes(id)) ??
    mailbox.drafts().find((draft) => draft.id === id || tokenOf(draft.threadId) === id);
  return owner?.threadId ?? id;
}

/** Gmail keeps the views of other threads in the page, hidden, with their headings. */
function staleHeading(mailbox: MailboxView, open: string | undefined): Part {
  const other = mailbox.threads().find((row) => row.threadId !== open);
  const threadId = other?.threadId ?? "1000000000000001";
  const heading = text("h2", "hP", other?.subject ?? "", {
    attrs: {
      "data-legacy-thread-id": threadId,
      "data-thread-perm-id": permanentId("thread", threadId),
    },
  });
  return box("div", "stale", [heading], { attrs: { hidden: "" } });
}

export function viewAt(
  mailbox: MailboxView,
  hash: string,
  opened: ReadonlySet<string>,
  now: number,
): PageView {
  const place = placeOf(hash);
  const { folder, id, words } = place;
  const listing = listingOf(mailbox, place, now);
  const { name, base } = listing;
  const counts = {
    inbox: rowsOf(mailbox, "inbox").filter((row) => row.unread).length,
    drafts: mailbox.drafts().length,
  };
  const strip = composeView(mailbox, place.compose, hash.replace(/\?.*$/, ""));
  const common = { folder, words, strip, counts };
  const titled = (said: string) => `${said} - ${mailbox.email} - Gmail`;
  if (id === undefined) {
    const unread = folder === "inbox" && counts.inbox > 0 ? ` (${counts.inbox})` : "";
    const main = [...listView(mailbox, listing), staleHeading(mailbox, undefined)];
    return { ...common, title: titled(`${name}${unread}`), main, opened: [] };
  }
  const threadId = threadOf(mailbox, id);
  const thread = threadView(mailbox, { name, base }, threadId, opened);
  if (thread === undefined) {
    const bar = box("div", "G-atb", [tool("back", `Back to ${name}`, base.replace(/\/$/, ""))]);
    const gone = text("div", "empty", "This conversation is not in the mailbox.");
    return { ...common, title: titled(name), main: [bar, gone], opened: [] };
  }
  return {
    ...common,
    title: titled(thread.subject),
    main: [staleHeading(mailbox, threadId), ...thread.parts],
    opened: thread.opened,
  };
}
