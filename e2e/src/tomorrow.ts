/** "Tomorrow" in a question and in the test that asks it: the same day, in UTC, from its beginning to its end. */
import { setTimeout as sleep } from "node:timers/promises";

import { test } from "@playwright/test";

const DAY_MS = 86_400_000;
/** Longer than a test takes. */
const NEAR_MS = 120_000;

/** Waits until the day is over when a test could otherwise end in the next one. */
export async function awayFromMidnight(): Promise<void> {
  const left = DAY_MS - (Date.now() % DAY_MS);
  if (left > NEAR_MS) return;
  test.setTimeout(test.info().timeout + left);
  await sleep(left);
}

/** Milliseconds since the epoch. */
export function tomorrowAt(hour: number): number {
  const now = new Date();
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1, hour);
}
