/**
 * Calls a route of the server and parses its reply with the route's own schema. Expected refusals are values.
 * Asks once more with a fresh token after a 401, and after the time that the server named when this was too many at once or it restarts;
 * never repeats for another reason.
 */
import { Refusal, type Route, SIGNED_IN_HEADER } from "@vaultdesk/shared/api.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import type { z } from "zod";

import type { Token } from "../messages/protocol.ts";

export type Failure =
  | { reason: "signed_out"; everywhere?: true }
  | { reason: "unreachable" }
  | { reason: "bad_reply" }
  | { reason: "refused"; problem: Problem };

export type Reply<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export interface Wire {
  serverUrl: string;
  token: (fresh: boolean) => Promise<Token>;
  /** The server says that the person signed out everywhere. */
  signedOutEverywhere?: () => void;
}

type Params = Readonly<Record<string, string>>;
type Anything = z.ZodType;

export interface Call {
  /** Parameters that the path does not name go into the query. */
  <B extends Anything, R extends Anything>(
    route: Route<B, R>,
    params?: Params,
    body?: z.input<B>,
  ): Promise<Reply<z.output<R>>>;
}

export function pathOf(path: string, params: Params): string {
  return path.replace(/:([A-Za-z]+)/g, (_all, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`path parameter ${name} is missing`);
    return encodeURIComponent(value);
  });
}

export function callerHeaders(held: Token & { state: "signed_in" }): Record<string, string> {
  const { token, since } = held;
  return {
    authorization: `Bearer ${token}`,
    ...(since === undefined ? {} : { [SIGNED_IN_HEADER]: String(since) }),
  };
}

/** Of a 401. */
export function signedOut(json: unknown, wire: Wire | undefined): Failure {
  const refusal = Refusal.safeParse(json);
  if (refusal.data?.problem.code !== "signed_out_everywhere") return { reason: "signed_out" };
  wire?.signedOutEverywhere?.();
  return { reason: "signed_out", everywhere: true };
}

export function createCall(wire: Wire): Call {
  async function once<B extends Anything, R extends Anything>(
    route: Route<B, R>,
    url: URL,
    body: z.input<B> | undefined,
    fresh: boolean,
  ): Promise<Response | Failure> {
    const held = await wire.token(fresh);
    if (held.state === "signed_out") return { reason: "signed_out" };
    if (held.state === "unreachable") return { reason: "unreachable" };
    const headers = new Headers(callerHeaders(held));
    if (body !== undefined) headers.set("content-type", "application/json");
    try {
      return await fetch(url, {
        method: route.method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        credentials: "omit",
        redirect: "error",
        signal: AbortSignal.timeout(30_000),
      });
    } catch {
      return { reason: "unreachable" };
    }
  }

  return async (route, params = {}, body) => {
    const url = new URL(pathOf(route.path, params), wire.serverUrl);
    for (const [name, value] of Object.entries(params)) {
      if (!route.path.split("/").includes(`:${name}`)) url.searchParams.set(name, value);
    }
    let response = await once(route, url, body, false);
    if (response instanceof Response && response.status === 401) {
      response = await once(route, url, body, true);
    }
    if (!(response instanceof Response)) return { ok: false, failure: response };
    const reply = await readReply(route, response, wire);
    const wait = waitOf(reply);
    if (wait === undefined) return reply;
    await new Promise((resume) => {
      setTimeout(resume, wait * 1000);
    });
    response = await once(route, url, body, false);
    if (!(response instanceof Response)) return { ok: false, failure: response };
    return readReply(route, response, wire);
  };
}

const LONGEST_WAIT_S = 5;

/** Seconds to wait before asking again: only where the server took nothing of it, and soon will. */
function waitOf(reply: Reply<unknown>): number | undefined {
  if (reply.ok || reply.failure.reason !== "refused") return undefined;
  const { code, retryAfter } = reply.failure.problem;
  if ((code !== "too_many" && code !== "restarting") || retryAfter === undefined) return undefined;
  return retryAfter <= LONGEST_WAIT_S ? retryAfter : undefined;
}

export async function readReply<B extends Anything, R extends Anything>(
  route: Route<B, R>,
  response: Response,
  wire?: Wire,
): Promise<Reply<z.output<R>>> {
  let json: unknown;
  try {
    json = await response.json();
  } catch {
    return { ok: false, failure: { reason: "bad_reply" } };
  }
  if (!response.ok) {
    const refusal = Refusal.safeParse(json);
    if (response.status === 401) return { ok: false, failure: signedOut(json, wire) };
    return refusal.success
      ? { ok: false, failure: { reason: "refused", problem: refusal.data.problem } }
      : { ok: false, failure: { reason: "bad_reply" } };
  }
  const parsed = route.reply.safeParse(json);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, failure: { reason: "bad_reply" } };
}
