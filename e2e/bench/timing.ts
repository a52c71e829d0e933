/**
 * How the rows take time. Contenders take turns, each turn begun by the next one, so that whatever else the machine does hits all alike;
 * only figures of one run are ever divided by one another.
 */

/** Milliseconds, sorted. */
export type Sample = readonly number[];

function at(sample: Sample, share: number): number {
  return sample[Math.min(sample.length - 1, Math.floor(sample.length * share))] ?? NaN;
}

export function p50(sample: Sample): number {
  return at(sample, 0.5);
}

export function p95(sample: Sample): number {
  return at(sample, 0.95);
}

export function p99(sample: Sample): number {
  return at(sample, 0.99);
}

export function sorted(values: readonly number[]): Sample {
  return values.toSorted((a, b) => a - b);
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** The first `warm` turns count for nothing. Answers with each one's times. */
export async function interleaved<K extends string>(
  contenders: Readonly<Record<K, () => Promise<unknown>>>,
  { warm, turns }: { warm: number; turns: number },
): Promise<(name: K) => Sample> {
  const list = Object.entries<() => Promise<unknown>>(contenders);
  const taken = new Map<string, number[]>(list.map(([name]) => [name, []]));
  for (let turn = -warm; turn < turns; turn += 1) {
    const first = (turn + warm) % list.length;
    for (const [name, work] of [...list.slice(first), ...list.slice(0, first)]) {
      const ms = await timed(work);
      if (turn >= 0) taken.get(name)?.push(ms);
    }
  }
  return (name) => sorted(taken.get(name) ?? []);
}

/** So many at once, one after the other. */
export async function forEach(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) await work(next++);
    }),
  );
}
