/**
 * For tests: a mailbox with threads of rooms and the barrier that its owner's rooms make round it; and the same mailbox from which what is
 * barred was taken out; the calendar with it. Google answers without a socket.
 */
import { addMessage, type Box, createBox } from "@vaultdesk/standins/google/box.ts";
import {
  type Calendars,
  createCalendars,
  provenFields,
} from "@vaultdesk/standins/google/calendar-store.ts";
import { calendarHandlers } from "@vaultdesk/standins/google/calendar.ts";
import { GoogleError } from "@vaultdesk/standins/google/errors.ts";
import { gmailHandlers } from "@vaultdesk/standins/google/gmail.ts";
import { gaxios } from "google-auth-library";

import type { EventBarrier } from "../google/walled-calendar.ts";
import type { Barrier } from "../google/walled.ts";
import { barredRooms, hiddenAmong, hiddenThreads } from "./barriers.ts";

export const CANARY = "osprey-canary";
const ME = "me@own.example";
export const SINCE = Date.parse("2026-11-20T09:00:00Z");

export interface Case {
  rooms: { wall: number | undefined; side: number; mine: boolean }[];
  /** `rooms`: numbers of those that it is linked to, by its first messages. */
  threads: { rooms: number[]; linked: number; messages: Mail[] }[];
  /** `rooms` as of threads; `copy`: it came by an invitation, under another id, and is known by its RFC 5545 UID. */
  events: { rooms: number[]; copy: boolean }[];
}
interface Mail {
  as: "received" | "sent" | "draft";
  refers: boolean;
  file: boolean;
}
const rfcId = (thread: number, message: number) => `<t${thread}m${message}@x.example>`;
export const counterparty = (thread: number) => `p${thread % 3}@deal.example`;

/** By the plain words of the rule, without the code that is tested: which of these are of a room across a wall. */
function barredOf({ rooms }: Case, linked: readonly { rooms: number[] }[]): Set<number> {
  const across = (number: number) => {
    const room = rooms[number];
    return rooms.some(
      ({ mine, wall, side }) =>
        mine && wall !== undefined && wall === room?.wall && side !== room.side,
    );
  };
  return new Set(linked.flatMap((one, index) => (one.rooms.some(across) ? [index] : [])));
}

export const barredThreads = (one: Case) => barredOf(one, one.threads);
const barredEvents = (one: Case) => barredOf(one, one.events);

/** Its id where it was made. */
const eventId = (event: number) => `event${event}0000`;

function barrierOf({ rooms, threads, events }: Case): Barrier & EventBarrier {
  const rows = rooms.map(({ wall, side }, index) => ({
    id: String(index),
    wall: wall === undefined ? null : String(wall),
    wall_side: wall === undefined ? null : String(side),
  }));
  const memberOf = new Set(rooms.flatMap(({ mine }, index) => (mine ? [String(index)] : [])));
  const links = threads.flatMap((thread, t) =>
    thread.rooms.flatMap((room) =>
      thread.messages
        .slice(0, thread.linked)
        .map((_, m) => ({ room_id: String(room), hash: rfcId(t, m) })),
    ),
  );
  const barred = barredRooms(memberOf, rows).map(({ id }) => ({
    id,
    hashOf: (one: string) => one,
  }));
  const linkedEvents = new Set(
    events.flatMap((event, e) =>
      event.rooms.some((room) => barred.some(({ id }) => id === String(room))) ? [eventId(e)] : [],
    ),
  );
  return {
    stands: () => Promise.resolve(rooms.some(({ mine, wall }) => mine && wall !== undefined)),
    hidden: (named) => Promise.resolve(hiddenThreads(named, links, barred)),
    hiddenEvents: (named) => Promise.resolve(hiddenAmong(named, (name) => linkedEvents.has(name))),
  };
}

function rawOf(thread: number, message: number, { as, refers, file }: Mail, word: string): Buffer {
  const [from, to] = as === "received" ? [counterparty(thread), ME] : [ME, counterparty(thread)];
  const text = `Dear all,\r\n\r\nThe paper of deal ${thread}, ${message}: ${word}.\r\n\r\nBest\r\n`;
  const head = [
    `Message-ID: ${rfcId(thread, message)}`,
    ...(refers && message > 0 ? [`References: ${rfcId(thread, 0)}`] : []),
    `From: ${from}`,
    `To: ${to}`,
    `Subject: Paper ${thread} ${word}`,
  ];
  if (!file) return Buffer.from([...head, "", text].join("\r\n"));
  const part = `Content-Type: text/plain; name="${word}.txt"\r\nContent-Disposition: attachment; filename="${word}.txt"`;
  return Buffer.from(
    [
      ...head,
      'Content-Type: multipart/mixed; boundary="b"',
      "",
      "--b",
      "",
      text,
      "--b",
      part,
      "",
      word,
      "--b--",
      "",
    ].join("\r\n"),
  );
}

/** What Google has of the person. */
export interface Holdings {
  box: Box;
  calendars: Calendars;
}

export interface World {
  whole: Holdings;
  /** The same but for what is barred. */
  without: Holdings;
  barrier: Barrier & EventBarrier;
  /** Message ids of each thread. */
  ids: string[][];
  /** Ids of the events, in the person's own calendar. */
  eventIds: string[];
}

function calendarsOf(one: Case, kept: (event: number) => boolean): Calendars {
  const calendars = createCalendars([{ email: ME, timeZone: "UTC" }]);
  const barred = barredEvents(one);
  for (const [e, { copy }] of one.events.entries()) {
    if (!kept(e)) continue;
    const word = barred.has(e) ? CANARY : "plain";
    const at = (hours: number) => ({ dateTime: new Date(SINCE + hours * 3_600_000).toISOString() });
    const fields = provenFields(
      { summary: `Paper call ${e} ${word}`, description: word, start: at(e + 1), end: at(e + 2) },
      "UTC",
    );
    const id = copy ? `copy${e}0000` : eventId(e);
    const meeting = { id, organizer: ME, fields, created: SINCE, updated: SINCE, revision: 0 };
    const uid = copy ? { iCalUID: `${eventId(e)}@google.com` } : {};
    const entry = { meeting: { ...meeting, fields: { ...fields, ...uid } }, left: false };
    calendars.get(ME)?.events.set(id, entry);
  }
  return calendars;
}

export async function worldOf(one: Case): Promise<World> {
  const box = createBox(ME, "Me", "UTC");
  const barred = barredThreads(one);
  const ids: string[][] = [];
  const hidden = new Set<string>();
  for (const [t, { messages }] of one.threads.entries()) {
    const word = barred.has(t) ? CANARY : "plain";
    const own: string[] = [];
    for (const [m, mail] of messages.entries()) {
      const labels = { received: ["INBOX"], sent: ["SENT"], draft: ["DRAFT"] }[mail.as];
      const at = SINCE + m * 7_000_000 + t * 60_000;
      const { id } = await addMessage(box, rawOf(t, m, mail, word), {
        labels,
        threadId: own[0],
        at,
      });
      if (mail.as === "draft") box.drafts.set(`r${t}${m}`, id);
      own.push(id);
      if (barred.has(t)) hidden.add(id);
    }
    ids.push(own);
  }
  const left = [...box.messages].filter(([id]) => !hidden.has(id));
  const drafts = [...box.drafts].filter(([, id]) => !hidden.has(id));
  const rest = { ...box, messages: new Map(left), drafts: new Map(drafts) };
  const barredCalls = barredEvents(one);
  return {
    whole: { box, calendars: calendarsOf(one, () => true) },
    without: { box: rest, calendars: calendarsOf(one, (event) => !barredCalls.has(event)) },
    barrier: barrierOf(one),
    ids,
    eventIds: one.events.map(({ copy }, e) => (copy ? `copy${e}0000` : eventId(e))),
  };
}

const METHODS: readonly (readonly [string, RegExp, string])[] = [
  ["GET", /\/calendars\/(?<calendarId>[^/]+)\/events$/, "calendar.events.list"],
  ["GET", /\/calendars\/(?<calendarId>[^/]+)\/events\/(?<eventId>[^/]+)$/, "calendar.events.get"],
  ["GET", /\/messages$/, "messages.list"],
  [
    "GET",
    /\/messages\/(?<messageId>[^/]+)\/attachments\/(?<id>[^/]+)$/,
    "messages.attachments.get",
  ],
  ["GET", /\/messages\/(?<id>[^/]+)$/, "messages.get"],
  ["GET", /\/threads\/(?<id>[^/]+)$/, "threads.get"],
  ["GET", /\/drafts\/(?<id>[^/]+)$/, "drafts.get"],
  ["POST", /\/drafts$/, "drafts.create"],
  ["GET", /\/labels$/, "labels.list"],
  ["GET", /\/settings\/sendAs$/, "settings.sendas.list"],
];

/** Gmail and Calendar over these, without a socket. */
export function googleOf({ box, calendars }: Holdings): gaxios.Gaxios {
  const post = { boxes: new Map([[ME, box]]), outbox: [], now: () => SINCE };
  const handlers = { ...gmailHandlers(post), ...calendarHandlers(post, calendars) };
  return new gaxios.Gaxios({
    async fetchImplementation(input, init) {
      const url = new URL(input instanceof Request ? input.url : input);
      const method = METHODS.find(
        ([verb, path]) => verb === (init?.method ?? "GET") && path.test(url.pathname),
      );
      const name = method?.[2] ?? "";
      const handler = handlers[name.startsWith("calendar.") ? name : `gmail.users.${name}`];
      if (handler === undefined) throw new Error(`no ${url.pathname} here`);
      const path = method?.[1].exec(url.pathname)?.groups ?? {};
      const body: unknown = typeof init?.body === "string" ? JSON.parse(init.body) : {};
      try {
        return Response.json(await handler({ box, path, query: url.searchParams, body }));
      } catch (error) {
        if (!(error instanceof GoogleError)) throw error;
        return Response.json({ error: { message: error.message } }, { status: error.code });
      }
    },
  });
}
