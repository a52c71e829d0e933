/**
 * A conversation's events as they come (WHATWG HTML 9.2 over fetch, because EventSource sends no Authorization).
 * Goes on after the last number it gave; reconnects with back-off; ends when the signal does or when the server refuses for good.
 */
import { ASKED, EVENTS_PATH, OWN_EVENTS_PATH, Refusal } from "@vaultdesk/shared/api.ts";
import { ConversationEvent } from "@vaultdesk/shared/event.ts";
import type { ConversationId } from "@vaultdesk/shared/id.ts";
import { EventSourceParserStream } from "eventsource-parser/stream";
import { z } from "zod";

import { callerHeaders, type Failure, pathOf, signedOut, type Wire } from "./call.ts";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** The server writes a comment each 15 s; twice that without a byte is a dead line. */
const SILENCE_MS = 40_000;

export type StreamNews =
  | { type: "event"; event: ConversationEvent }
  /** An event of a newer server: its number counts, its content is not shown. */
  | { type: "skipped"; seq: number }
  | { type: "line"; up: boolean }
  | { type: "refused"; failure: Failure };

const WithSeq = z.object({ seq: z.int().positive() });

type Numbered = Exclude<StreamNews, { type: "line" } | { type: "refused" }>;
const numberOf = (news: Numbered) => (news.type === "event" ? news.event.seq : news.seq);

export interface StreamOptions {
  /** Without, the line has no events. */
  conversationId: ConversationId | undefined;
  /** The last event already held. */
  after: number;
  /** A request to the person's phone moved, here or in another conversation; also called when the line comes up. */
  onAsked: () => void;
  signal: AbortSignal;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

async function connect(
  wire: Wire,
  conversationId: ConversationId | undefined,
  held: number,
  fresh: boolean,
  signal: AbortSignal,
): Promise<Response | Failure> {
  const token = await wire.token(fresh);
  if (token.state === "signed_out") return { reason: "signed_out" };
  if (token.state === "unreachable") return { reason: "unreachable" };
  const path =
    conversationId === undefined ? OWN_EVENTS_PATH : pathOf(EVENTS_PATH, { id: conversationId });
  const url = new URL(path, wire.serverUrl);
  try {
    return await fetch(url, {
      headers: {
        ...callerHeaders(token),
        accept: "text/event-stream",
        ...(held === 0 ? {} : { "last-event-id": String(held) }),
      },
      credentials: "omit",
      redirect: "error",
      signal,
    });
  } catch {
    return { reason: "unreachable" };
  }
}

async function* read(
  response: Response,
  alive: () => void,
  heard: { onRetry: (ms: number) => void; onComment: (comment: string) => void },
): AsyncGenerator<Numbered> {
  if (response.body === null) return;
  const watch = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      alive();
      controller.enqueue(chunk);
    },
  });
  const events = response.body
    .pipeThrough(watch)
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream(heard));
  for await (const message of events) {
    const json: unknown = JSON.parse(message.data);
    const parsed = ConversationEvent.safeParse(json);
    if (parsed.success) yield { type: "event", event: parsed.data };
    else yield { type: "skipped", seq: WithSeq.parse(json).seq };
  }
}

export async function* conversationNews(
  wire: Wire,
  options: StreamOptions,
): AsyncGenerator<StreamNews> {
  let wait = FIRST_WAIT_MS;
  let fresh = false;
  let held = options.after;
  const ended = () => options.signal.aborted;
  while (!ended()) {
    const line = new AbortController();
    const signal = AbortSignal.any([options.signal, line.signal]);
    let timer = setTimeout(() => line.abort(), SILENCE_MS);
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => line.abort(), SILENCE_MS);
    };
    try {
      const response = await connect(wire, options.conversationId, held, fresh, signal);
      if (!(response instanceof Response)) {
        if (response.reason === "signed_out") {
          yield { type: "refused", failure: response };
          return;
        }
      } else if (response.status === 401 && !fresh) {
        fresh = true;
        continue;
      } else if (response.status >= 400 && response.status < 500 && response.status !== 429) {
        yield { type: "refused", failure: await refusalOf(wire, response) };
        return;
      } else if (response.status === 429) {
        const seconds = Number(response.headers.get("retry-after"));
        if (seconds > 0) wait = Math.max(wait, Math.min(seconds * 1000, LONGEST_WAIT_MS));
      } else if (response.ok) {
        fresh = false;
        yield { type: "line", up: true };
        let told: number | undefined;
        options.onAsked();
        const heard = {
          onRetry(ms: number) {
            told = Math.min(ms, LONGEST_WAIT_MS);
          },
          onComment(comment: string) {
            if (comment.trim() === ASKED) options.onAsked();
          },
        };
        for await (const news of read(response, alive, heard)) {
          const seq = numberOf(news);
          // A repeat is not news; a missing one is asked for again from here.
          if (seq <= held) continue;
          if (seq > held + 1) break;
          held = seq;
          wait = FIRST_WAIT_MS;
          yield news;
        }
        wait = told ?? wait;
      }
    } catch {
      // A cut line: go on below with the next connection.
    } finally {
      clearTimeout(timer);
      line.abort();
    }
    if (ended()) return;
    yield { type: "line", up: false };
    await pause(wait, options.signal);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

async function refusalOf(wire: Wire, response: Response): Promise<Failure> {
  const { status } = response;
  try {
    const json: unknown = await response.json();
    if (status === 401) return signedOut(json, wire);
    const refusal = Refusal.safeParse(json);
    if (refusal.success) return { reason: "refused", problem: refusal.data.problem };
  } catch {
    // Not JSON.
  }
  return { reason: status === 401 ? "signed_out" : "bad_reply" };
}
