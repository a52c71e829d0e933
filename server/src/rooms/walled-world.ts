/**
 * For tests: a mailbox with threads of rooms and the barrier that its owner's rooms make round it; and the same mailbox from which what is
 * barred was taken out. Gmail answers without a socket.
 */
import { addMessage, type Box, createBox } from "@vaultdesk/standins/google/box.ts";
import { GoogleError } from "@vaultdesk/standins/google/errors.ts";
import { gmailHandlers } from "@vaultdesk/standins/google/gmail.ts";
import { gaxios } from "google-auth-library";

import type { Barrier } from "../google/walled.ts";
import { barredRooms, hiddenThreads } from "./barriers.ts";

export const CANARY = "osprey-canary";
const ME = "me@own.example";
export const SINCE = Date.parse("2026-11-20T09:00:00Z");

export interface Case {
  rooms: { wall: number | undefined; side: number; mine: boolean }[];
  /** `rooms`: numbers of those that it is linked to, by its first messages. */
  threads: { rooms: number[]; linked: number; messages: Mail[] }[];
}
interface Mail {
  as: "received" | "sent" | "draft";
  refers: boolean;
  file: boolean;
}
const rfcId = (thread: number, message: number) => `<t${thread}m${message}@x.example>`;
export const counterparty = (thread: number) => `p${thread % 3}@deal.example`;

/** By the plain words of the rule, without the code that is tested. */
export function barredThreads({ rooms, threads }: Case): Set<number> {
  const across = (number: number) => {
    const room = rooms[number];
    return rooms.some(
      ({ mine, wall, side }) =>
        mine && wall !== undefined && wall === room?.wall && side !== room.side,
    );
  };
  return new Set(threads.flatMap((one, index) => (one.rooms.some(across) ? [index] : [])));
}

function barrierOf({ rooms, threads }: Case): Barrier {
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
  return {
    stands: () => Promise.resolve(rooms.some(({ mine, wall }) => mine && wall !== undefined)),
    hidden: (named) => Promise.resolve(hiddenThreads(named, links, barred)),
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

export interface World {
  box: Box;
  /** The same but for what is barred. */
  without: Box;
  barrier: Barrier;
  /** Message ids of each thread. */
  ids: string[][];
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
  const without = { ...box, messages: new Map(left), drafts: new Map(drafts) };
  return { box, without, barrier: barrierOf(one), ids };
}

const METHODS: readonly (readonly [string, RegExp, string])[] = [
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

/** Gmail over this mailbox, without a socket. */
export function gmailOf(box: Box): gaxios.Gaxios {
  const handlers = gmailHandlers({ boxes: new Map([[ME, box]]), outbox: [], now: () => SINCE });
  return new gaxios.Gaxios({
    async fetchImplementation(input, init) {
      const url = new URL(input instanceof Request ? input.url : input);
      const method = METHODS.find(
        ([verb, path]) => verb === (init?.method ?? "GET") && path.test(url.pathname),
      );
      const handler = handlers[`gmail.users.${method?.[2] ?? ""}`];
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
