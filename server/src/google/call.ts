/**
 * One way to call Google: a client around a lent token, a tagged refusal out of every failure, and our own retry.
 * The library's retry is off: it would repeat PUT and DELETE, ignore Retry-After, and see an abort too late.
 * Error shapes: developers.google.com/workspace/gmail/api/guides/handle-errors.
 */
import { setTimeout as sleep } from "node:timers/promises";

import { gmail, type gmail_v1 } from "@googleapis/gmail";
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";
import { z } from "zod";

import { lentAuth } from "./seen-transport.ts";

/** Requests of one call at once: Google throttles a user who asks for more. */
export const AT_ONCE = 25;
export const TIMEOUT_MS = 10_000;
const BACKOFF_MS = [250, 1000];

export type GoogleRefusal =
  /** Certain: Google did nothing. */
  | { reason: "unauthorized" | "scope" | "throttled" | "not_found" | "conflict" }
  | { reason: "invalid"; message: string }
  /** Nobody knows whether Google did it; not even whether it still will, unless it answered. */
  | { reason: "down"; answered: boolean };

export class GoogleRefused extends Error {
  override readonly name = "GoogleRefused";
  readonly code: string;
  readonly refusal: GoogleRefusal;

  constructor(refusal: GoogleRefusal, cause: unknown) {
    super(`google: ${refusal.reason}`, { cause });
    this.code = refusal.reason;
    this.refusal = refusal;
  }
}

/** A person's mailbox, on a token that was lent for it; what is hidden from them is not in it. */
export type OpenMailbox = (sub: string, accessToken: string) => gmail_v1.Gmail;

export function gmailClient(
  rootUrl: string,
  accessToken: string,
  through?: Parameters<typeof lentAuth>[1],
): gmail_v1.Gmail {
  const auth = lentAuth(accessToken, through);
  return gmail({ version: "v1", auth, rootUrl, retry: false, timeout: TIMEOUT_MS });
}

const ErrorBody = z.object({
  error: z.object({
    message: z.string().optional(),
    errors: z.array(z.object({ reason: z.string().optional() })).optional(),
    details: z.array(z.object({ reason: z.string().optional() })).optional(),
  }),
});

const Thrown = z.object({
  status: z.number().optional(),
  response: z.object({ status: z.number().optional(), data: z.unknown() }).optional(),
});

/** Judges what a Google client threw. */
function judge(thrown: unknown): GoogleRefusal {
  const error = Thrown.safeParse(thrown);
  const status = error.success ? (error.data.response?.status ?? error.data.status) : undefined;
  const body = ErrorBody.safeParse(error.success ? error.data.response?.data : undefined);
  const said = body.success ? body.data.error : undefined;
  const reasons = [...(said?.errors ?? []), ...(said?.details ?? [])].map((e) => e.reason);
  switch (status ?? 0) {
    case 400:
      return { reason: "invalid", message: said?.message ?? "" };
    case 401:
      return { reason: "unauthorized" };
    case 403:
      // Google says "slow down" with 403 as well as with 429.
      if (reasons.some((reason) => reason?.toLowerCase().includes("ratelimit"))) {
        return { reason: "throttled" };
      }
      return { reason: "scope" };
    case 404:
    case 410:
      return { reason: "not_found" };
    case 409:
    case 412:
      return { reason: "conflict" };
    case 429:
      return { reason: "throttled" };
    default:
      return { reason: "down", answered: status !== undefined };
  }
}

/** One request that must not be repeated. Throws `GoogleRefused`. */
export async function once<T>(request: () => Promise<{ data: T }>): Promise<T> {
  try {
    return (await request()).data;
  } catch (error) {
    throw new GoogleRefused(judge(error), error);
  }
}

/** A read: repeated when Google is busy or down, until the signal ends. Throws `GoogleRefused`. */
export async function read<T>(
  request: () => Promise<{ data: T }>,
  signal?: AbortSignal,
): Promise<T> {
  for (const wait of BACKOFF_MS) {
    try {
      return await once(request);
    } catch (error) {
      signal?.throwIfAborted();
      const again =
        error instanceof GoogleRefused && ["throttled", "down"].includes(error.refusal.reason);
      if (!again) throw error;
      await sleep(wait, undefined, signal === undefined ? {} : { signal });
    }
  }
  return once(request);
}

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** What a 404 means where it is met. */
type Missing = "thread_unknown" | "draft_unknown" | "event_unknown";

/** Turns refusals into problems; lets bugs and aborts through. `missing` names what a 404 means here. */
export async function answer<T>(
  work: () => Promise<T>,
  missing: Missing = "thread_unknown",
): Promise<Answer<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof GoogleRefused) {
      return { ok: false, problem: problemOf(error.refusal, missing) };
    }
    throw error;
  }
}

export function problemOf(refusal: GoogleRefusal, missing: Missing): Problem {
  switch (refusal.reason) {
    case "unauthorized":
      return problem("google_reconnect");
    case "scope":
      return problem("google_scope_missing");
    case "throttled":
      return problem("google_throttled");
    case "not_found":
      return problem(missing);
    case "conflict":
      return problem("google_refused");
    case "invalid":
      return problem("google_refused", { detail: `Google said: ${refusal.message.slice(0, 200)}` });
    case "down":
      return problem("google_down");
  }
}
