/** What is said of how an answer came about. */
export const WORDS = {
  how: "How this was done",
  model: "Model",
  phone: "Your phone",
  failed: "did not work",
};

/** `40 ms`, `0.4 s`, `12 s`, `3 min 05 s`. */
export function duration(ms: number): string {
  if (ms < 95) return `${Math.round(ms)} ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

export function whole(workedMs: number, waitedMs: number): string {
  const worked = `${duration(workedMs)} of work`;
  return waitedMs === 0 ? worked : `${worked}, ${duration(waitedMs)} for your phone`;
}
