/** Faults by path, in the order they were asked for, one per request. A preflight never spends one. */

/** `down` 503, `throttle` 429 with Retry-After, `timeout` the request is taken and never answered. */
export type Fault = "down" | "throttle" | "timeout";

export interface Faults {
  /** `path` is a whole path or the start of one: "/me/v1" is every My Account call. */
  next(path: string, fault: Fault, times?: number): void;
  clear(): void;
}

export function createFaults(): { faults: Faults; take(path: string): Fault | undefined } {
  let queue: { path: string; fault: Fault }[] = [];
  return {
    faults: {
      next(path, fault, times = 1) {
        queue.push(...Array.from({ length: times }, () => ({ path, fault })));
      },
      clear() {
        queue = [];
      },
    },
    take(path) {
      const index = queue.findIndex((one) => path === one.path || path.startsWith(`${one.path}/`));
      return index < 0 ? undefined : queue.splice(index, 1)[0]?.fault;
    },
  };
}
