/** Pure arithmetic of the two limits: a token bucket for the tenant, and Auth0's five pushes a minute to one person. */

/** Tokens at `now`, from what was left at `at` (milliseconds), at most `burst`: of one second unless told. */
export function refill(
  bucket: { tokens: number; at: number },
  now: number,
  rate: number,
  burst: number = rate,
): number {
  const since = Math.max(0, now - bucket.at) / 1000;
  return Math.min(burst, bucket.tokens + since * rate);
}

const PUSHES_A_MINUTE = 5;
export const MINUTE_MS = 60_000;

/**
 * When the next push may go, given the times of the earlier ones (also those planned). auth0.com CIBA docs: five a minute a user.
 */
export function nextSlot(pushes: readonly number[], now: number): number {
  const fifth = pushes.toSorted((a, b) => b - a)[PUSHES_A_MINUTE - 1];
  return fifth === undefined ? now : Math.max(now, fifth + MINUTE_MS);
}
