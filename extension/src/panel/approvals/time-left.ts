/** Time until a request runs out, for the ring and its text. Pure. */

export interface TimeLeft {
  seconds: number;
  /** `4:05`. */
  text: string;
  /** 1 at the start, 0 at the end. */
  share: number;
}

export function timeLeft(requestedAt: string, expiresAt: string, now: number): TimeLeft {
  const end = Date.parse(expiresAt);
  const whole = Math.max(1, end - Date.parse(requestedAt));
  const left = Math.min(whole, Math.max(0, end - now));
  const seconds = Math.round(left / 1000);
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return { seconds, text, share: left / whole };
}

/** The longest hold fills the ring. */
const LONGEST_HOLD_MS = 30_000;

/** Time until a held approval goes ahead. */
export function holdLeft(holdUntil: string, now: number): TimeLeft {
  const from = new Date(Date.parse(holdUntil) - LONGEST_HOLD_MS).toISOString();
  return timeLeft(from, holdUntil, now);
}

/** For a screen reader: said once a minute, not each second. */
export function spokenTimeLeft(seconds: number): string {
  if (seconds === 0) return "no time left";
  if (seconds < 60) return "less than a minute left";
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "about one minute left" : `about ${minutes} minutes left`;
}

/** The same for a phone that is not asked yet. */
export function spokenTimeUntilAsked(seconds: number): string {
  if (seconds < 60) return "your phone is asked in less than a minute";
  const minutes = Math.ceil(seconds / 60);
  return `your phone is asked in about ${minutes === 1 ? "one minute" : `${minutes} minutes`}`;
}
