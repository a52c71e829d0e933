/**
 * One conversation: the last message open, earlier ones folded and without ids until they are opened, its drafts at the end.
 * Mail is shown as text, never as its HTML. Pure.
 */
import type { MailboxView, MessageView } from "../google/mailbox-view.ts";
import { peopleOf, permanentId, personOf, sizeInWords, tintOf } from "./address.ts";
import type { Listing } from "./list-view.ts";
import { box, icon, type Part, text, tool } from "./part.ts";

export interface ThreadView {
  subject: string;
  parts: Part[];
  /** Ids of the messages that stand open. */
  opened: string[];
}

function avatar(from: string): Part {
  const { name, email } = personOf(from);
  return text("span", `ajn ${tintOf(email)}`, name.slice(0, 1).toUpperCase(), {
    attrs: { "aria-hidden": "true" },
  });
}

function sender(from: string): Part {
  const { name, email } = personOf(from);
  return text("span", "gD", name, { attrs: { email, name } });
}

function recipients(mailbox: MailboxView, message: MessageView): Part {
  const people = [...peopleOf(message.to), ...peopleOf(message.cc)];
  const parts = people.map(({ name, email }, at) => {
    const shown = email === mailbox.email ? "me" : name;
    return text("span", "g2", at === people.length - 1 ? shown : `${shown}, `, {
      attrs: { email, name },
    });
  });
  return box("span", "hb", [text("span", "", "to "), ...parts]);
}

/** Lines that quote an earlier mail stand back. */
function bodyParts(value: string): Part[] {
  const blocks: { quoted: boolean; lines: string[] }[] = [];
  for (const line of value.replaceAll("\r\n", "\n").trimEnd().split("\n")) {
    const quoted = line.startsWith(">");
    const last = blocks.at(-1);
    if (last?.quoted === quoted) last.lines.push(line);
    else blocks.push({ quoted, lines: [line] });
  }
  return blocks.map(({ quoted, lines }) =>
    text("div", quoted ? "gmail_quote" : "", lines.join("\n")),
  );
}

function body(message: MessageView): Part {
  return box("div", "ii gt", [box("div", "a3s aiL", bodyParts(message.text))]);
}

function attachments(message: MessageView): Part[] {
  if (message.attachments.length === 0) return [];
  const chips = message.attachments.map(({ filename, size }) =>
    box("span", "aQH", [
      icon("file"),
      text("span", "aV3", filename),
      text("span", "SaH2Ve", sizeInWords(size)),
    ]),
  );
  return [box("div", "hq gt", chips)];
}

function openMessage(mailbox: MailboxView, message: MessageView, last: boolean): Part {
  const head = box(
    "div",
    "gE iv gt",
    [
      avatar(message.from),
      box("div", "names", [
        box("div", "", [
          sender(message.from),
          text("span", "go", `<${personOf(message.from).email}>`),
        ]),
        recipients(mailbox, message),
      ]),
      text("span", "g3", "", { time: { at: message.at, form: "full" } }),
    ],
    last ? {} : { toggle: message.id },
  );
  const inside = box("div", "adn ads", [head, body(message), ...attachments(message)], {
    attrs: {
      "data-message-id": `#${permanentId("msg", message.id)}`,
      "data-legacy-message-id": message.id,
    },
  });
  return box("div", "h7", [inside], { attrs: { role: "listitem", "aria-expanded": "true" } });
}

function foldedMessage(message: MessageView): Part {
  const inside = box("div", "adf ads", [
    avatar(message.from),
    sender(message.from),
    text("span", "iA", message.snippet),
    text("span", "g3", "", { time: { at: message.at, form: "row" } }),
  ]);
  return box("div", "kv", [inside], {
    attrs: { role: "listitem", "aria-expanded": "false", tabindex: "0" },
    toggle: message.id,
  });
}

function draftBlock(mailbox: MailboxView, draft: MessageView): Part {
  return box(
    "div",
    "adn draft",
    [
      box("div", "gE", [
        avatar(mailbox.email),
        box("div", "names", [text("span", "draft-word", "Draft"), recipients(mailbox, draft)]),
        text("span", "g3", "", { time: { at: draft.at, form: "full" } }),
      ]),
      body(draft),
      ...attachments(draft),
    ],
    { attrs: { role: "group", "aria-label": "Draft" } },
  );
}

function heading(threadId: string, subject: string, label: string): Part {
  return box("div", "ha", [
    text("h2", "hP", subject, {
      attrs: {
        tabindex: "-1",
        "data-thread-perm-id": permanentId("thread", threadId),
        "data-legacy-thread-id": threadId,
      },
    }),
    text("span", "hN", label),
  ]);
}

export function threadView(
  mailbox: MailboxView,
  { name, base }: Pick<Listing, "name" | "base">,
  threadId: string,
  opened: ReadonlySet<string>,
): ThreadView | undefined {
  const all = mailbox.thread(threadId).filter((one) => !one.labels.includes("TRASH"));
  const first = all[0];
  if (first === undefined) return undefined;
  const drafts = all.filter((one) => one.labels.includes("DRAFT"));
  const sent = all.filter((one) => !one.labels.includes("DRAFT"));
  const last = sent.at(-1);
  const isOpen = (one: MessageView) => one === last || opened.has(one.id);
  const subject = first.subject === "" ? "(no subject)" : first.subject;
  const messages = sent.map((one) =>
    isOpen(one) ? openMessage(mailbox, one, one === last) : foldedMessage(one),
  );
  const bar = box("div", "G-atb", [
    tool("back", `Back to ${name}`, base.replace(/\/$/, "")),
    tool("archive", "Archive"),
    tool("bin", "Delete"),
    tool("mail", "Mark as unread"),
    tool("more", "More"),
  ]);
  const answer = box("div", "amn", [
    text("span", "ams bkH", "Reply"),
    text("span", "ams bkG", "Forward"),
  ]);
  const content = [
    heading(threadId, subject, name),
    box("div", "messages", messages, { attrs: { role: "list" } }),
    ...drafts.map((one) => draftBlock(mailbox, one)),
    ...(drafts.length === 0 ? [answer] : []),
  ];
  return {
    subject,
    parts: [bar, box("div", "a98 iY", content)],
    opened: sent.filter(isOpen).map((one) => one.id),
  };
}
