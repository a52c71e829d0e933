/** For tests: what a person or a model can ask of a mailbox and a calendar, through the real tools and the real Google client. */
import { EventId } from "@vaultdesk/shared/calendar-event.ts";
import { MessageId, ThreadId } from "@vaultdesk/shared/id.ts";
import { Settings } from "@vaultdesk/shared/settings.ts";
import type { gaxios } from "google-auth-library";

import { createDiary } from "../actions/diary.ts";
import { createFiles } from "../actions/files.ts";
import { createMailroom } from "../actions/mailroom.ts";
import { readyEvent } from "../actions/wish-event.ts";
import { readyFiling } from "../actions/wish-filing.ts";
import { toolOf } from "../agent/tools/all.ts";
import { roomOf } from "../agent/tools/room-for-tests.ts";
import { calendarClient } from "../google/calendar.ts";
import { gmailClient } from "../google/call.ts";
import { WalledCalendarTransport } from "../google/walled-calendar.ts";
import { WalledTransport } from "../google/walled.ts";
import { counterparty, googleOf, type Holdings, SINCE, type World } from "./walled-world.ts";

export interface Question {
  what: keyof typeof QUESTIONS;
  thread: number;
  message: number;
  max: number;
  skip: number;
}

/** What the client's requests go through: the wall, unless a test makes a hole in it. */
export type Through = (walled: gaxios.Gaxios, plain: gaxios.Gaxios) => gaxios.Gaxios;

const never = new AbortController().signal;

/** A file's bytes as the reason that it can't be read: they are in the answer. */
function wordsOf(bytes: Uint8Array) {
  return Promise.resolve({ ok: false as const, why: Buffer.from(bytes).toString() });
}

function withVoice() {
  return Promise.resolve(Settings.parse({ voice: true }));
}

function deskOf(holdings: Holdings, barrier: World["barrier"], through: Through) {
  const plain = googleOf(holdings);
  const calendar = () =>
    calendarClient(
      "http://calendar.invalid/",
      "token",
      through(new WalledCalendarTransport(plain, barrier), plain),
    );
  const transport = () => through(new WalledTransport(plain, barrier), plain);
  const own = {
    openCalendar: calendar,
    openMailbox: () => gmailClient("http://gmail.invalid/", "token", transport()),
    grant: { kind: "panel", sub: "me", subjectToken: "bearer" } as const,
    broker: {
      withToken: async <T>(
        _grant: unknown,
        _tool: unknown,
        work: (token: string) => Promise<T>,
      ) => ({
        ok: true as const,
        value: await work("token"),
      }),
      granted: () => Promise.resolve({ ok: true as const, value: [] }),
      forget: () => undefined,
    },
  };
  const mail = createMailroom(own);
  const files = createFiles({ ...own, reader: { read: wordsOf } });
  const diary = createDiary(own);
  const room = roomOf({ mail, files, diary, settings: withVoice, now: new Date(SINCE) });
  const tool = (name: Parameters<typeof toolOf>[0], args: object) => {
    const found = toolOf(name);
    return found?.kind === "read" ? found.run(args, room, never) : found?.wish(args, room, never);
  };
  return { ...own, mail, tool };
}
type Desk = ReturnType<typeof deskOf>;

interface Asked extends Question {
  id: string;
  threadId: string;
  /** Of the thread, where it has one. */
  draftId: string;
  eventId: string;
}

const QUESTIONS = {
  search: ({ tool }: Desk, { max, skip }: Asked) =>
    tool("search_gmail", { query: "paper", max, skip }),
  oldest: ({ tool }: Desk, { max }: Asked) =>
    tool("search_gmail", { query: "deal", max, oldest_first: true }),
  sent: ({ tool }: Desk, { max, thread }: Asked) =>
    tool("search_gmail", { query: "in:sent", to: counterparty(thread), max }),
  latest: ({ tool }: Desk, { max }: Asked) => tool("get_latest_emails", { max }),
  read: ({ tool }: Desk, { threadId }: Asked) => tool("read_email_thread", { thread_id: threadId }),
  within: ({ tool }: Desk, { threadId }: Asked) =>
    tool("search_gmail", { in_thread: threadId, query: "paper" }),
  style: ({ tool }: Desk, { thread }: Asked) =>
    tool("read_my_style", { to: [counterparty(thread)] }),
  styleOf: ({ tool }: Desk, { id }: Asked) => tool("read_my_style", { message_id: id }),
  files: ({ tool }: Desk, { id }: Asked) => tool("list_attachments", { message_id: id }),
  file: ({ tool }: Desk, { id }: Asked) => tool("read_attachment", { message_id: id }),
  reply: ({ tool }: Desk, { id }: Asked) =>
    tool("draft_email_reply", {
      mode: "forward",
      message_id: id,
      to: [counterparty(1)],
      body: "Here.",
    }),
  fresh: ({ tool }: Desk, { thread }: Asked) =>
    tool("draft_email_reply", {
      mode: "new",
      to: [counterparty(thread)],
      subject: "Hello",
      body: "Here.",
    }),
  draft: ({ mail }: Desk, { draftId }: Asked) => mail.draft(draftId),
  card: ({ mail }: Desk, { threadId }: Asked) => mail.threadCard(threadId, never),
  facts: ({ mail }: Desk, { threadId }: Asked) => mail.composeFacts(threadId, never),
  filing: ({ openMailbox }: Desk, { id }: Asked) =>
    readyFiling(openMailbox(), {
      kind: "mail.label",
      messageIds: [MessageId.parse(id)],
      threadIds: [],
      add: ["Starred"],
      remove: [],
      create: false,
    }),
  agenda: ({ tool }: Desk, { max }: Asked) => tool("list_upcoming_events", { max }),
  call: ({ tool }: Desk, { max }: Asked) => tool("list_upcoming_events", { query: "paper", max }),
  event: ({ openCalendar }: Desk, { eventId }: Asked) =>
    readyEvent(
      openCalendar(),
      { kind: "event.cancel", eventId: EventId.parse(eventId), guestsMailed: false },
      () => Promise.reject(new Error("nobody is invited")),
    ),
  filingAll: ({ openMailbox }: Desk, { threadId }: Asked) =>
    readyFiling(openMailbox(), {
      kind: "mail.label",
      messageIds: [],
      threadIds: [ThreadId.parse(threadId)],
      add: ["Starred"],
      remove: [],
      create: false,
    }),
};
export const WHATS = Object.keys(QUESTIONS).filter(
  (name): name is Question["what"] => name in QUESTIONS,
);

/** What comes of the questions, as text; ids that were made on the way are alike. */
export async function answers(
  { ids, eventIds, barrier, whole }: World,
  { box, calendars }: Holdings,
  questions: readonly Question[],
  through: Through = (walled) => walled,
): Promise<string> {
  // A draft that is saved on the way is the next question's too, in a copy.
  const own = { ...box, messages: new Map(box.messages), drafts: new Map(box.drafts) };
  const desk = deskOf({ box: own, calendars }, barrier, through);
  const out: unknown[] = [];
  for (const question of questions) {
    const { thread, message } = question;
    const of = ids[thread % ids.length] ?? [];
    const id = of[message % of.length] ?? "";
    const [draftId = "none"] =
      [...whole.box.drafts].find(([, messageId]) => of.includes(messageId)) ?? [];
    const eventId = eventIds[thread % Math.max(1, eventIds.length)] ?? "none00000";
    const asked = {
      ...question,
      thread: thread % ids.length,
      id,
      threadId: of[0] ?? "",
      draftId,
      eventId,
    };
    out.push(await QUESTIONS[question.what](desk, asked));
  }
  return JSON.stringify(out)
    .replaceAll(/\b[0-9a-f]{16}\b/g, (id) => (whole.box.messages.has(id) ? id : "new"))
    .replaceAll(/\br\d{5,}\b/g, "draft");
}
