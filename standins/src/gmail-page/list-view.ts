/** A folder as rows. The span with the thread's id is inside the row, as in Gmail: who looks for an open thread must not take it. Pure. */
import type { MailboxView, ThreadRow } from "../google/mailbox-view.ts";
import { peopleOf, permanentId } from "./address.ts";
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

function rowPart(mailbox: MailboxView, folder: Folder, row: ThreadRow): Part {
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
      box("td", "apU", [icon("star")]),
      who(mailbox, folder, row),
      box("td", "a4W xY", [words]),
      box("td", "xW xY", [text("span", "bq3", "", { time: { at: row.at, form: "row" } })]),
    ],
    { attrs: { role: "row", tabindex: "0" }, go: `#${folder}/${row.threadId}` },
  );
}

export function listView(mailbox: MailboxView, folder: Folder): Part[] {
  const rows = rowsOf(mailbox, folder);
  const shown = rows.slice(0, PAGE);
  const bar = box("div", "G-atb", [
    tool("check", "Select"),
    tool("refresh", "Refresh"),
    tool("more", "More"),
    text("span", "Dj", shown.length === 0 ? "" : `1–${shown.length} of ${rows.length}`),
  ]);
  if (shown.length === 0) {
    return [bar, text("div", "empty", `Nothing in ${FOLDER_NAMES[folder]}.`)];
  }
  const body = box(
    "tbody",
    "",
    shown.map((row) => rowPart(mailbox, folder, row)),
  );
  const table = box("table", "F cf zt", [body], {
    attrs: { role: "grid", "aria-label": FOLDER_NAMES[folder] },
  });
  return [bar, table];
}
