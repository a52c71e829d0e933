/** For tests: every tool on one mailbox and calendar in the Google stand-in, called as the graph calls it. */
import { MessageId, RoomId } from "@vaultdesk/shared/id.ts";
import { CONNECT_SCOPES, type ToolName } from "@vaultdesk/shared/scope.ts";
import { Settings } from "@vaultdesk/shared/settings.ts";
import MailComposer from "nodemailer/lib/mail-composer";

import { createDiary } from "./actions/diary.ts";
import { createFiles } from "./actions/files.ts";
import { toolOf } from "./agent/tools/all.ts";
import { refused, type ToolOutcome } from "./agent/tools/outcome.ts";
import type { Seen } from "./agent/tools/provenance.ts";
import { roomOf } from "./agent/tools/room-for-tests.ts";
import type { RoomBoard } from "./agent/tools/tool.ts";
import { createFileReader } from "./attachments/read-file.ts";
import { ANA, MAYA, office, panel } from "./engine-office.ts";
import { calendarClient } from "./google/calendar.ts";
import { gmailClient } from "./google/call.ts";
import { mailboxesAt } from "./google/mailboxes-for-tests.ts";

/** All days are counted from here. */
const NOW = new Date("2026-11-24T09:00:00Z");
const LABELS = "https://www.googleapis.com/auth/gmail.labels";

/** What the desk holds, for arguments to name. */
export interface Holds {
  papers: string[];
  threadId: string;
  /** Of the message with a file. */
  filed: string;
  draftIds: string[];
  eventId: string;
}

function mail(from: string, to: string, subject: string, more: object = {}): Promise<Buffer> {
  const date = NOW;
  return new MailComposer({ from, to, subject, date, text: `${subject}, as agreed.`, ...more })
    .compile()
    .build();
}

async function seed(desk: Awaited<ReturnType<typeof office>>, count: number): Promise<Holds> {
  const { google } = desk;
  const papers = Array.from({ length: count }, (_, index) => mail(ANA, MAYA, `Paper ${index}`));
  const file = { filename: "nda.txt", content: "The term is two years." };
  const filed = mail(ANA, MAYA, "NDA", { attachments: [file] });
  const sent = [mail(MAYA, ANA, "Lunch"), mail(MAYA, ANA, "Dinner")];
  const raws = await Promise.all([...papers, filed, ...sent]);
  await google.importMail(
    MAYA,
    raws.map((raw) => ({ raw })),
  );
  const rows = google.mailbox(MAYA).threads();
  const idOf = (words: string) => rows.find((row) => row.subject === words)?.messageIds[0] ?? "";
  const { accessToken } = google.issue(MAYA, [...CONNECT_SCOPES, LABELS]);
  await gmailClient(google.url, accessToken).users.labels.create({
    userId: "me",
    requestBody: { name: "Project Falcon" },
  });
  const event = await calendarClient(google.url, accessToken).events.insert({
    calendarId: "primary",
    requestBody: {
      summary: "Closing",
      start: { dateTime: "2026-11-25T13:00:00Z" },
      end: { dateTime: "2026-11-25T13:30:00Z" },
    },
  });
  const drafts = [await desk.draft("Hello Ana", "One"), await desk.draft("Hello Ana", "Two")];
  return {
    papers: papers.map((_, index) => MessageId.parse(idOf(`Paper ${index}`))),
    threadId: rows.find((row) => row.subject === "Paper 0")?.threadId ?? "",
    filed: idOf("NDA"),
    draftIds: drafts.map(({ draftId }) => draftId),
    eventId: event.data.id ?? "",
  };
}

/** A deal room that has every mail, with one counterparty. */
const BOARD: RoomBoard = {
  id: RoomId.parse(`rom_${"0".repeat(32)}`),
  details: {
    codeName: "Falcon",
    circle: [{ who: "helio-capital.example", side: "counterparty" }],
    dates: [],
  },
  entries: [],
  has: (rfcIds) => Promise.resolve(new Set(rfcIds)),
};

/** A good call of each tool. */
export const GOOD: Readonly<Record<ToolName, (holds: Holds) => object>> = {
  search_gmail: () => ({ query: "paper", max: 20 }),
  get_latest_emails: () => ({ max: 20 }),
  read_email_thread: ({ threadId }) => ({ thread_id: threadId }),
  show_terms: ({ threadId, papers: [id] }) => ({
    thread_id: threadId,
    rows: [
      { topic: "price", name: "Price", value: "as agreed", message_id: id, quote: "as agreed" },
    ],
  }),
  read_my_style: ({ filed }) => ({ message_id: filed }),
  draft_email_reply: ({ filed }) => ({ mode: "reply", message_id: filed, body: "Agreed." }),
  send_email_with_approval: ({ draftIds: [draftId] }) => ({ draft_id: draftId }),
  check_calendar: () => ({ from: "tomorrow", people: [ANA] }),
  list_upcoming_events: () => ({}),
  create_calendar_event: () => ({ title: "Signing", when: "tomorrow at 4pm", guests: [ANA] }),
  update_calendar_event: ({ eventId }) => ({ event_id: eventId, when: "tomorrow at 3pm" }),
  cancel_calendar_event: ({ eventId }) => ({ event_id: eventId }),
  label_mail: ({ papers }) => ({ message_ids: papers.slice(0, 3), add: ["Project Falcon"] }),
  archive_mail: ({ papers }) => ({ message_ids: papers.slice(0, 3) }),
  trash_mail: ({ papers }) => ({ message_ids: papers.slice(0, 3) }),
  list_attachments: ({ filed }) => ({ message_id: filed }),
  read_attachment: ({ filed }) => ({ message_id: filed }),
  read_tracker: () => ({}),
  note_milestone: ({ threadId, papers: [id] }) => ({
    thread_id: threadId,
    message_id: id,
    milestone: "nda_sent",
    quote: "as agreed",
  }),
};

interface Called extends Pick<ToolOutcome, "ok" | "json" | "problem"> {
  /** A write that asks the phone. */
  asked?: boolean;
}

type Options = Omit<NonNullable<Parameters<typeof office>[0]>, "kept">;

/** With so many mails in threads of their own, besides one with a file, two that were sent, and two drafts. */
export async function toolsDesk(papers: number, options: Options) {
  const desk = await office({ ...options, kept: true });
  const holds = await seed(desk, papers);
  const { broker, google } = desk;
  const room = roomOf({
    mail: desk.mail,
    files: createFiles({
      broker,
      openMailbox: mailboxesAt(google.url),
      grant: panel,
      reader: createFileReader(),
    }),
    diary: createDiary({
      broker,
      openCalendar: (_sub, token) => calendarClient(google.url, token),
      grant: panel,
    }),
    trackers: {
      read: () => Promise.resolve([BOARD]),
      propose: () => Promise.resolve({ ok: true, value: undefined }),
    },
    now: NOW,
    settings: () => Promise.resolve(Settings.parse({ voice: true })),
  });

  /** On a fresh loan. `knows` is what the conversation has named. */
  async function call(name: ToolName, args: object, knows: Seen = () => true): Promise<Called> {
    broker.forget(panel.sub);
    const { signal } = new AbortController();
    const tool = toolOf(name);
    if (tool === undefined) throw new Error(`there is no ${name}`);
    const here = { ...room, seen: knows };
    if (tool.kind === "read") return tool.run(args, here, signal);
    const wanted = await tool.wish(args, here, signal);
    if (!("wish" in wanted)) return wanted;
    const proposed = await desk.proposer.propose({
      grant: panel,
      conversationId: desk.conversationId,
      runId: undefined,
      callId: undefined,
      wish: wanted.wish,
    });
    return proposed.ok ? { ok: true, json: {}, asked: true } : refused(proposed.problem);
  }

  return { desk, holds, call, close: () => desk.close() };
}
