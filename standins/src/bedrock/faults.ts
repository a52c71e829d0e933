/** Faults in the order they were asked for, one per accepted request. */

/** `down` 503, `throttle` 429, `cut` the socket dies in the text, `error` in the stream, `junk` a tool input that is not JSON. */
export type Fault = "down" | "throttle" | "cut" | "junk" | "slow" | "error";

export interface Faults {
  /** The server tries a call three times: as many `times` make its user see one. */
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
