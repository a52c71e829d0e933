import type { MiddlewareHandler } from "hono";
/**
 * Whether this process lives, and whether it may be sent people: for what starts, watches and shares out processes. Asked without a
 * bearer, so the answer is a yes or a no, and costs the store one question a second at most.
 */
import { sql } from "kysely";

import type { Db } from "../store/schema.ts";

const FRESH_MS = 1000;
const STORE_MS = 2000;

export type Ready = () => Promise<boolean>;

async function answers(db: Db): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => {
    late.resolve(false);
  }, STORE_MS);
  const asked = sql`select 1`.execute(db).then(
    () => true,
    () => false,
  );
  const answered = await Promise.race([asked, late.promise]);
  clearTimeout(timer);
  return answered;
}

export function createReady(db: Db, leaving: AbortSignal, now: () => number): Ready {
  let last = { at: -Infinity, answered: Promise.resolve(false) };
  return async () => {
    if (leaving.aborted) return false;
    if (now() - last.at >= FRESH_MS) last = { at: now(), answered: answers(db) };
    return last.answered;
  };
}

/** A connection that is kept would bring its next request to a process that leaves. */
export function lastAnswers(leaving: AbortSignal): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (leaving.aborted) c.header("Connection", "close");
  };
}
