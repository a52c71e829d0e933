/** A folder or a search as rows. The span with the thread's id is inside the row, as in Gmail: who looks for an open thread must not take it. Pure. */
import type { MailboxView, ThreadRow } from "../google/mailbox-view.ts";
import { peopleOf, permanentId, tokenOf } from "./address.ts";
import { box, icon, type Part, text, tool } from "./part.ts";

export const FOLDERS = ["inbox", "sent", "drafts", "all"] as const;
export type Folder = (typeof FOLDERS)[number];

export const FOLDER_NAMES: Record<Folder, string> = {
  inbox: "Inbox",
  sent: "Sent",
  drafts: "Drafts",
  all: "All Mail",
};

const PAGE = 50;

/** A draft is a row of its own, under the thread that it answers. */
function draftRows(mailbox: MailboxView): ThreadRow[] {
  return mailbox
    .drafts()
    .map((draft) => ({
      threadId: draft.threadId,
      subject: draft.subject,
      participants: peopleOf(draft.to).map((person) => person.name),
      snippet: draft.snippet,
      at: draft.at,
      unread: false,
      count: 1,
      messageIds: [draft.id],
    }))
    .toSorted((a, b) => b.at - a.at);
}

export function rowsOf(mailbox: MailboxView, folder: Folder): ThreadRow[] {
  switch (folder) {
    case "inbox":
      return mailbox.threads("INBOX");
    case "sent":
      return mailbox.threads("SENT");
    case "drafts":
      return draftRows(mailbox);
    case "all":
      return mailbox.threads();
  }
}

export interface Listing {
  folder: Folder;
  name: string;
  /** Where the addresses of its threads start: `#inbox/`. */
  base: string;
  rows: ThreadRow[];
}

function who(mailbox: MailboxView, folder: Folder, row: ThreadRow): Part {
  const own = new Set([mailbox.name, mailbox.email]);
  const names = row.participants.map((name) => (own.has(name) ? "me" : name));
  const shown =
    names.length > 1
      ? names.map((name) => name.split(" ")[0] ?? name).join(", ")
      : (names[0] ?? "(no recipient)");
  const parts: Part[] = [text("span", folder === "drafts" ? "to" : "bA4", shown)];
  if (folder === "drafts") parts.unshift(text("span", "draft-word", "Draft"));
  if (row.count > 1) parts.push(text("span", "bx0", String(row.count)));
  return box("td", "yX xY", [box("div", "yW", parts)]);
}

function rowPart(mailbox: MailboxView, { folder, base }: Listing, row: ThreadRow): Part {
  const messages = mailbox.thread(row.threadId);
  const starred = messages.some(({ labels }) => labels.includes("STARRED"));
  const files = messages.some(({ attachments }) => attachments.length > 0);
  const subject = row.subject === "" ? "(no subject)" : row.subject;
  const words = box("div", "y6", [
    box("span", "bog", [
      text("span", "bqe", subject, {
        attrs: {
          "data-thread-id": `#${permanentId("thread", row.threadId)}`,
          "data-legacy-thread-id": row.threadId,
        },
      }),
    ]),
    text("span", "y2", row.snippet === "" ? "" : ` - ${row.snippet}`),
  ]);
  return box(
    "tr",
    `zA ${row.unread ? "zE" : "yO"}`,
    [
      box("td", "oZ-x3", [icon("check")]),
      box("td", starred ? "apU on" : "apU", [icon("star")]),
      who(mailbox, folder, row),
      box("td", "a4W xY", [words]),
      box("td", "yf xY", files ? [icon("clip")] : []),
      box("td", "xW xY", [text("span", "bq3", "", { time: { at: row.at, form: "row" } })]),
    ],
    { attrs: { role: "row", tabindex: "0" }, go: `${base}${tokenOf(row.threadId)}` },
  );
}

export function listView(mailbox: MailboxView, listing: Listing): Part[] {
  const { name, rows } = listing;
  const shown = rows.slice(0, PAGE);
  const bar = box("div", "G-atb", [
    tool("check", "Select"),
    tool("refresh", "Refresh"),
    tool("more", "More"),
    text("span", "Dj", shown.length === 0 ? "" : `1–${shown.length} of ${rows.length}`),
  ]);
  if (shown.length === 0) {
    return [bar, text("div", "empty", `Nothing in ${name}.`)];
  }
  const body = box(
    "tbody",
    "",
    shown.map((row) => rowPart(mailbox, listing, row)),
  );
  const table = box("table", "F cf zt", [body], {
    attrs: { role: "grid", "aria-label": name },
  });
  return [bar, table];
}
