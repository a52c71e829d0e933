/** For tests: how long something takes in milliseconds of this thread's own processor time. What else the machine does makes nothing slow. */
export function worked<T>(work: () => T): { result: T; ms: number } {
  const begun = process.threadCpuUsage();
  const result = work();
  return { result, ms: process.threadCpuUsage(begun).user / 1000 };
}
