/** Pure arithmetic of the two limits, a token bucket for the tenant and Auth0's five pushes a minute to one person, and of an even pace. */

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

/**
 * The time of one that may come from `from` on, where as many as fit into `togetherMs` come together and more stand `apartMs` apart, none of
 * them more than `mostMs` late. `pace`: what this gave with the last one. Source: GCRA (ITU-T I.371), with what does not conform delayed.
 */
export function nextPlace(
  pace: number,
  from: number,
  { apartMs, togetherMs, mostMs }: { apartMs: number; togetherMs: number; mostMs: number },
): { at: number; pace: number } {
  const mean = Math.min(Math.max(from, pace), from + mostMs);
  return { at: Math.round(Math.max(from, mean - togetherMs)), pace: mean + apartMs };
}
