/** For tests: a mailbox of three threads whose mail can grow while the page is open. */
import type { MailboxView, MessageView } from "../google/mailbox-view.ts";

export const MAYA = "maya@northgate.example";
export const THREAD = "189af729deca2ec0";
export const OTHER_THREAD = "189af729deca2f00";
export const FIRST = "189af729deca2ec0";
export const LAST = "19d847db53731d21";

const ANA = "Ana Ruiz <ana.ruiz@helio-capital.example>";
const OWN = `Maya Field <${MAYA}>`;
const NOON = Date.UTC(2026, 10, 23, 12);

export function message(change: Partial<MessageView> & { id: string }): MessageView {
  return {
    threadId: THREAD,
    from: ANA,
    to: OWN,
    cc: "",
    subject: "Data room: two open points",
    at: NOON,
    snippet: "Thank you for the draft of the share purchase agreement.",
    text: "Dear Maya,\n\nThank you for the draft.\n\nAna",
    attachments: [],
    labels: ["INBOX"],
    ...change,
  };
}

export function fakeMailbox(more: readonly MessageView[] = []) {
  const mail: MessageView[] = [
    message({ id: FIRST, at: NOON - 86_400_000 }),
    message({
      id: "189af729deca2ec5",
      from: OWN,
      to: `${ANA}, "Cole, Jon" <jon.cole@helio-capital.example>`,
      at: NOON - 7_200_000,
      snippet: "Two points remain open on our side.",
      text: "Ana,\n\nTwo points remain open on our side: the cap on the indemnity and the date of the accounts.\n\nMaya",
      labels: ["SENT"],
    }),
    message({
      id: LAST,
      snippet: "We can live with the cap. Could you send the accounts by Friday?",
      text: "Dear Maya,\n\nWe can live with the cap. Could you send the accounts by Friday? <b>Please</b> copy Jon.\n\nAna\n\n> Two points remain open on our side: the cap on the indemnity\n> and the date of the accounts.\n",
      attachments: [
        { filename: "indemnity-markup.pdf", mimeType: "application/pdf", size: 48_200 },
      ],
      labels: ["INBOX", "UNREAD"],
    }),
    message({
      id: OTHER_THREAD,
      threadId: OTHER_THREAD,
      from: "Priya Nair <priya@northgate.example>",
      subject: "Board pack for Thursday",
      at: NOON - 200_000_000,
      snippet: "The pack is in the usual folder.",
    }),
    ...more,
  ];
  const threads: MailboxView["threads"] = (label) =>
    [...Map.groupBy(mail, (one) => one.threadId)]
      .map(([threadId, all]) => ({
        threadId,
        messages: all.filter((one) => !one.labels.includes("DRAFT")),
      }))
      .filter(({ messages }) =>
        messages.some((one) => label === undefined || one.labels.includes(label)),
      )
      .map(({ threadId, messages }) => ({
        threadId,
        subject: messages[0]?.subject ?? "",
        participants: [...new Set(messages.map((one) => one.from.replace(/ <.*/, "")))],
        snippet: messages.at(-1)?.snippet ?? "",
        at: messages.at(-1)?.at ?? 0,
        unread: messages.some((one) => one.labels.includes("UNREAD")),
        count: messages.length,
        messageIds: messages.map((one) => one.id),
      }))
      .toSorted((a, b) => b.at - a.at);
  const view: MailboxView = {
    email: MAYA,
    name: "Maya Field",
    threads,
    thread: (threadId) => mail.filter((one) => one.threadId === threadId),
    drafts: () => mail.filter((one) => one.labels.includes("DRAFT")),
  };
  return { view, mail };
}
