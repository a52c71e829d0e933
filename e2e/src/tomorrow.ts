/** "Tomorrow" in a question and in the test that asks it: the same day, in UTC, from its beginning to its end. */
import { setTimeout as sleep } from "node:timers/promises";

import { test } from "@playwright/test";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Longer than a test takes. */
const NEAR_MS = 120_000;

/** Waits until the day is over when a test could otherwise end in the next one. */
export async function awayFromMidnight(): Promise<void> {
  const left = DAY_MS - (Date.now() % DAY_MS);
  if (left > NEAR_MS) return;
  test.setTimeout(test.info().timeout + left);
  await sleep(left);
}

/** Milliseconds since the epoch; half past twelve is 12.5. */
export function tomorrowAt(hour: number): number {
  return (Math.floor(Date.now() / DAY_MS) + 1) * DAY_MS + hour * HOUR_MS;
}
