/** Faults in the order they were asked for, one per accepted request. */

/** `down` 503, `throttle` 429, `cut` the socket dies in the text, `error` in the stream, `junk` a tool input that is not JSON. */
export type Fault = "down" | "throttle" | "cut" | "junk" | "slow" | "error";

export interface Faults {
  /** AWS's client retries `down` and `throttle` by itself: as many `times` as its attempts make the caller see one. */
  next(fault: Fault, times?: number): void;
  clear(): void;
}

export function createFaults(): { faults: Faults; take: () => Fault | undefined } {
  let queue: Fault[] = [];
  return {
    faults: {
      next(fault, times = 1) {
        queue.push(...Array.from({ length: times }, () => fault));
      },
      clear() {
        queue = [];
      },
    },
    take: () => queue.shift(),
  };
}
