/**
 * A conversation's events as server-sent events that resume by `Last-Event-ID` (WHATWG HTML 9.2). Ends with the bearer that opened it,
 * and at once when its person signs out everywhere or is removed from the deal room that it belongs to.
 * A reader that is slow is waited for: what it has not taken stays in the store and not in memory.
 */
import { setImmediate, setTimeout as sleep } from "node:timers/promises";

import type { Context } from "hono";
import { streamSSE } from "hono/streaming";

import type { Principal } from "../auth0/principal.ts";
import type { SignOuts } from "../auth0/sign-outs.ts";
import { refuseFor } from "../edge/gate.ts";
import type { Limits } from "../edge/limits.ts";
import { type AppEnv, refuse, restarting } from "../http.ts";
import { factsOf, type Log } from "../observe/log.ts";
import { streamOpened } from "../observe/metrics.ts";
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

/** The events of this conversation, which the caller owns. */
export function streamEvents(c: Context<AppEnv>, id: string, deps: StreamDeps): Response {
  const { principal } = c.var;
  if (deps.leaving.aborted) return refuse(c, restarting());
  const place = deps.limits.stream(principal.sub);
  if (place === undefined) return refuseFor(c, FULL_MS);
  const last = Number(c.req.header("last-event-id") ?? 0);
  const valid = () => principal.expiresAt > deps.now();
  return streamSSE(c, async (stream) => {
    let seq = Number.isSafeInteger(last) && last > 0 ? last : 0;
    let most = FIRST;
    /** The store is asked whether the person signed out, or the conversation is theirs no more: at first, when it is announced, and at each heartbeat, since announcements get lost. */
    let doubt = true;
    let wake = Promise.withResolvers<boolean>();
    const woken = () => {
      wake.resolve(true);
    };
    const gone = new AbortController();
    const { signal } = gone;
    signal.addEventListener("abort", woken);
    deps.leaving.addEventListener("abort", woken, { signal });
    stream.onAbort(() => {
      gone.abort();
    });

    async function out(): Promise<boolean> {
      if (!doubt) return false;
      doubt = false;
      return (
        (await deps.signOuts.covers(principal)) ||
        !(await deps.conversations.owns(principal.sub, id))
      );
    }

    /** A store in this process answers at once, and a socket takes megabytes at once: others are let in between. */
    async function read(count: number) {
      const events = await deps.log.after(id, principal.sub, seq, count);
      await setImmediate();
      return events;
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

    const closed = streamOpened();
    try {
      deps.log.watch(id, woken, signal);
      const leaving = () => {
        doubt = true;
        woken();
      };
      deps.signOuts.watch(principal.sub, leaving, signal);
      deps.onRoom(principal.sub, leaving, signal);
      deps.present(principal);
      while (!stream.aborted && !deps.leaving.aborted && valid() && !(await out())) {
        const events = await place.turn(() => read(most));
        let size = 0;
        for (const event of events) {
          const data = JSON.stringify(event);
          size += data.length;
          await stream.writeSSE({ id: String(event.seq), data });
          seq = event.seq;
        }
        if (size > BATCH_BYTES) await place.turn(() => sleep(size / BYTES_PER_MS));
        most = size > BATCH_BYTES ? Math.max(1, most >> 1) : Math.min(MANY, most * 2);
        if (events.length > 0 || (await news())) continue;
        doubt = true;
        if (await out()) break;
        deps.stillHere(principal);
        await stream.write(": still here\n\n");
      }
      if (deps.leaving.aborted) {
        await stream.write(`retry: ${Math.round(Math.random() * BACK_MS)}\n\n`);
      }
    } catch (error) {
      // Hono would print the error, and its message can quote what was read.
      deps.told.error("stream: broke", factsOf(error));
    } finally {
      closed();
      place.leave();
      gone.abort();
    }
  });
}
