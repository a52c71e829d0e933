/**
 * A conversation's events as server-sent events that resume by `Last-Event-ID` (WHATWG HTML 9.2). Ends with the bearer that opened it,
 * and at once when its person signs out everywhere or is removed from the deal room that it belongs to.
 * The same line tells that a request to the person's phone moved, with or without a conversation.
 * A reader that is slow is waited for: what it has not taken stays in the store and not in memory.
 */
import { once } from "node:events";
import type { Writable } from "node:stream";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";

import type { Context } from "hono";

import type { Principal } from "../auth0/principal.ts";
import type { SignOuts } from "../auth0/sign-outs.ts";
import { refuseFor } from "../edge/gate.ts";
import type { Limits, Place } from "../edge/limits.ts";
import { answerOpen } from "../edge/straight.ts";
import { type AppEnv, refuse, restarting } from "../http.ts";
import { factsOf, type Log } from "../observe/log.ts";
import { streamOpened } from "../observe/metrics.ts";
import { framed, retryIn, SOMETHING_ASKED, STILL_HERE } from "./frames.ts";
import type { ConversationLog } from "./log.ts";
import type { Conversations } from "./record.ts";

/** The first is read alone, then more at a time while they are small: a reader that stops holds no more than this, or than one. */
const FIRST = 1;
const MANY = 256;
const BATCH_BYTES = 65_536;
/** What a person's streams take together where events are large: opening and sealing cost more than the wire. */
const BYTES_PER_MS = 4000;
const HEARTBEAT_MS = 15_000;
/** When every stream of a person is taken. */
const FULL_MS = 5000;
/** Of a process that leaves: its streams come to the others over this time, not at once. */
const BACK_MS = 1000;

export interface StreamDeps {
  log: ConversationLog;
  limits: Limits;
  signOuts: Pick<SignOuts, "covers" | "watch">;
  conversations: Pick<Conversations, "owns">;
  /** Calls `heard` when a room may have let this person out. */
  onRoom(sub: string, heard: () => void, signal: AbortSignal): void;
  /** For what breaks a stream. */
  told: Log;
  /** Milliseconds since the epoch. */
  now(): number;
  /** When it opens, and at each heartbeat. */
  present(principal: Principal): void;
  stillHere(principal: Principal): void;
  /** This process leaves: each stream is to go on elsewhere. */
  leaving: AbortSignal;
}

/** Answers with the events of this conversation, which the caller owns, or none. */
export type Streams = (c: Context<AppEnv>, id: string | undefined) => Response;

export function createStreams(deps: StreamDeps): Streams {
  // One listener for all: a signal looks through those it has for each that is added.
  const open = new Set<() => void>();
  deps.leaving.addEventListener("abort", () => {
    for (const wake of open) wake();
  });

  return (c, id) => {
    const { principal } = c.var;
    // Answered by what GET is: nobody would read the stream, or end it.
    if (c.req.method === "HEAD") return c.body(null);
    if (deps.leaving.aborted) return refuse(c, restarting());
    const place = deps.limits.stream(principal.sub);
    if (place === undefined) return refuseFor(c, FULL_MS);
    const last = Number(c.req.header("last-event-id") ?? 0);
    const from = Number.isSafeInteger(last) && last > 0 ? last : 0;
    const gone = new AbortController();
    const closed = streamOpened();
    gone.signal.addEventListener("abort", () => {
      closed();
      place.leave();
    });
    c.header("Content-Type", "text/event-stream");
    return answerOpen(c, gone, (out) => {
      follow({ principal, id, from, place, open }, out, gone, deps).catch((error: unknown) => {
        // An error's message can quote what was read.
        deps.told.error("stream: broke", factsOf(error));
      });
    });
  };
}

interface Reader {
  principal: Principal;
  id: string | undefined;
  /** The last event that it has. */
  from: number;
  place: Place;
  /** Of every stream, what wakes it. */
  open: Set<() => void>;
}

/** While nothing happens it holds these variables and no event: what was told is of calls that have ended. */
async function follow(
  { principal, id, from, place, open }: Reader,
  out: Writable,
  gone: AbortController,
  deps: StreamDeps,
): Promise<void> {
  const { signal } = gone;
  let seq = from;
  let most = FIRST;
  /** The store is asked whether the person signed out, or the conversation is theirs no more: at first, when it is announced, and at each heartbeat, since announcements get lost. */
  let doubt = true;
  const untold = { asked: false };
  let wake = Promise.withResolvers<boolean>();
  const woken = () => {
    wake.resolve(true);
  };

  const here = () => !signal.aborted;

  async function lost(): Promise<boolean> {
    if (!doubt) return false;
    doubt = false;
    if (await deps.signOuts.covers(principal)) return true;
    return id !== undefined && !(await deps.conversations.owns(principal.sub, id));
  }

  /** Whether something happened before the next heartbeat. */
  async function news(): Promise<boolean> {
    const timer = setTimeout(() => {
      wake.resolve(false);
    }, HEARTBEAT_MS);
    const happened = await wake.promise;
    clearTimeout(timer);
    wake = Promise.withResolvers<boolean>();
    return happened;
  }

  /** Ends when the socket has taken it: one that stopped keeps one chunk in memory, however much there is to tell. */
  async function write(chunk: Uint8Array): Promise<void> {
    if (!here() || out.write(chunk)) return;
    await once(out, "drain", { signal }).catch(() => undefined);
  }

  /** A store in this process answers at once, and a socket takes megabytes at once: others are let in between. */
  async function read(count: number) {
    if (id === undefined) return [];
    const events = await deps.log.told(id, principal.sub, seq, count);
    await setImmediate();
    return events;
  }

  /** Whether there may be more. What is announced from now on wakes. */
  async function tell(): Promise<boolean> {
    const count = most;
    const events = await place.turn(() => read(count));
    const { size, chunks } = framed(events);
    seq = events.at(-1)?.seq ?? seq;
    for (const chunk of chunks) await write(chunk);
    if (size > BATCH_BYTES) await place.turn(() => sleep(size / BYTES_PER_MS));
    most = size > BATCH_BYTES ? Math.max(1, most >> 1) : Math.min(MANY, most * 2);
    return events.length === count;
  }

  const goesOn = () => here() && !deps.leaving.aborted && principal.expiresAt > deps.now();
  try {
    out.on("error", () => {
      gone.abort();
    });
    signal.addEventListener("abort", woken);
    open.add(woken);
    if (id !== undefined) deps.log.watch(id, woken, signal);
    const heard = () => {
      untold.asked = true;
      woken();
    };
    deps.log.watchAsked(principal.sub, heard, signal);
    const leaving = () => {
      doubt = true;
      woken();
    };
    deps.signOuts.watch(principal.sub, leaving, signal);
    const moved = () => {
      leaving();
      // What was asked may be theirs to see no more.
      heard();
    };
    deps.onRoom(principal.sub, moved, signal);
    deps.present(principal);
    while (goesOn() && !(await lost())) {
      if (untold.asked) {
        untold.asked = false;
        await write(SOMETHING_ASKED);
      }
      if ((await tell()) || (await news())) continue;
      doubt = true;
      if (await lost()) break;
      deps.stillHere(principal);
      await write(STILL_HERE);
    }
    if (deps.leaving.aborted) {
      await write(retryIn(Math.round(Math.random() * BACK_MS)));
    }
  } finally {
    open.delete(woken);
    gone.abort();
    out.end();
  }
}
