/** What the page shows at a hash: `#inbox`, `#inbox/ID`, `#all/ID`; an id may be a thread's or a message's. Pure. */
import type { MailboxView } from "../google/mailbox-view.ts";
import { permanentId } from "./address.ts";
import { FOLDER_NAMES, type Folder, FOLDERS, listView, rowsOf } from "./list-view.ts";
import { box, type Part, text, tool } from "./part.ts";
import { threadView } from "./thread-view.ts";

export interface PageView {
  title: string;
  folder: Folder;
  main: Part[];
  opened: string[];
  counts: { inbox: number; drafts: number };
}

function placeOf(hash: string): { folder: Folder; id: string | undefined } {
  const [name, id] = hash.replace(/^#/, "").split("/");
  const folder = FOLDERS.find((one) => one === name) ?? "inbox";
  return { folder, id: id !== undefined && /^[0-9a-f]{1,20}$/.test(id) ? id : undefined };
}

function threadOf(mailbox: MailboxView, id: string): string {
  if (mailbox.thread(id).length > 0) return id;
  const owner =
    mailbox.threads().find((row) => row.messageIds.includes(id)) ??
    mailbox.drafts().find((draft) => draft.id === id);
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

export function viewAt(mailbox: MailboxView, hash: string, opened: ReadonlySet<string>): PageView {
  const { folder, id } = placeOf(hash);
  const counts = {
    inbox: rowsOf(mailbox, "inbox").filter((row) => row.unread).length,
    drafts: mailbox.drafts().length,
  };
  const titled = (words: string) => `${words} - ${mailbox.email} - Gmail`;
  const name = FOLDER_NAMES[folder];
  if (id === undefined) {
    const unread = folder === "inbox" && counts.inbox > 0 ? ` (${counts.inbox})` : "";
    const main = [...listView(mailbox, folder), staleHeading(mailbox, undefined)];
    return { title: titled(`${name}${unread}`), folder, main, opened: [], counts };
  }
  const threadId = threadOf(mailbox, id);
  const thread = threadView(mailbox, folder, threadId, opened);
  if (thread === undefined) {
    const bar = box("div", "G-atb", [tool("back", `Back to ${name}`, `#${folder}`)]);
    const gone = text("div", "empty", "This conversation is not in the mailbox.");
    return { title: titled(name), folder, main: [bar, gone], opened: [], counts };
  }
  return {
    title: titled(thread.subject),
    folder,
    main: [staleHeading(mailbox, threadId), ...thread.parts],
    opened: thread.opened,
    counts,
  };
}
