/** Which messages of a long thread one answer shows: as many whole ones as fit, the newest unless a first one is named. Pure. */

export interface Window {
  /** Indexes; `end` is the one after the last. */
  start: number;
  end: number;
}

/** `from` counts from 1. A message that is longer than the budget is shown alone, and cut by the caller. */
export function windowOf(
  lengths: readonly number[],
  budget: number,
  from: number | undefined,
): Window {
  if (from !== undefined) {
    const start = Math.min(Math.max(from - 1, 0), Math.max(lengths.length - 1, 0));
    let end = Math.min(start + 1, lengths.length);
    let left = budget - (lengths[start] ?? 0);
    while (end < lengths.length && (lengths[end] ?? 0) <= left) {
      left -= lengths[end] ?? 0;
      end += 1;
    }
    return { start, end };
  }
  let start = Math.max(lengths.length - 1, 0);
  let left = budget - (lengths[start] ?? 0);
  while (start > 0 && (lengths[start - 1] ?? 0) <= left) {
    start -= 1;
    left -= lengths[start] ?? 0;
  }
  return { start, end: lengths.length };
}

/** What is shown and how the rest is asked for; nothing for a thread that is shown whole. */
export function partsNote({ start, end }: Window, count: number): Record<string, string> {
  if (start === 0 && end === count) return {};
  const shown = start + 1 === end ? `message ${end}` : `messages ${start + 1} to ${end}`;
  return {
    shown: `${shown} of ${count}`,
    ...(start === 0
      ? {}
      : { earlier: `1 to ${start}: ask again with from_message, for example 1` }),
    ...(end === count
      ? {}
      : { later: `${end + 1} to ${count}: ask again with from_message ${end + 1}` }),
  };
}
