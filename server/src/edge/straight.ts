/**
 * An answer that stays open is written onto Node's own response: the web stream that an app answers with would take more memory than all
 * else of an open panel. Whoever calls the app without a socket, as a test does, gets a web stream.
 */
import { ServerResponse } from "node:http";
import { PassThrough, Readable, type Writable } from "node:stream";

import type { Http2Bindings, HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, Hono } from "hono";

import type { AppEnv } from "../http.ts";

export interface Bindings {
  outgoing?: ServerResponse;
  /** What was answered stays open, and is told from when its headers are out. */
  begin?: () => void;
}

/** Answers with what `tell` writes until it ends it. `gone` ends when nobody reads. */
export function answerOpen(
  c: Context<AppEnv>,
  gone: AbortController,
  tell: (out: Writable) => void,
): Response {
  const leave = () => {
    gone.abort();
  };
  const outgoing = outgoingOf(c);
  if (outgoing === undefined) {
    const pipe = new PassThrough();
    pipe.once("close", leave);
    tell(pipe);
    return c.body(Readable.toWeb(pipe));
  }
  outgoing.once("close", leave);
  if (outgoing.destroyed) leave();
  c.env.begin = () => {
    if (!gone.signal.aborted) tell(outgoing);
  };
  return c.body(null);
}

function outgoingOf({ env }: { env?: Bindings }): ServerResponse | undefined {
  return env?.outgoing;
}

/** What Node's listener calls. */
export function straight({ fetch }: Hono<AppEnv>) {
  return async (request: Request, node: HttpBindings | Http2Bindings): Promise<Response> => {
    const { outgoing } = node;
    if (!(outgoing instanceof ServerResponse)) throw new Error("HTTP/1 was asked for");
    const bindings: Bindings = { ...node, outgoing };
    const response = await fetch(request, bindings);
    if (bindings.begin === undefined || !response.ok) return response;
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.flushHeaders();
    bindings.begin();
    return RESPONSE_ALREADY_SENT;
  };
}
