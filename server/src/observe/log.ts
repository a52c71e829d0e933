/**
 * One JSON line each to standard error. The message is a static string, the facts are ids, codes and numbers:
 * no type here admits an object, so a token or mail text can't ride along inside one.
 */
import { requestFacts } from "./request.ts";

export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  error(message: string, facts?: Facts): void;
}

export const LEVELS = ["info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

/** A log that writes lines from `least` up through `write`, stamped by `now` and by the request that they belong to. */
export function createLog(
  write: (line: string) => void = (line) => process.stderr.write(line),
  now: () => Date = () => new Date(),
  least: Level = "info",
): Log {
  const at =
    (level: Level) =>
    (message: string, facts: Facts = {}) => {
      if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
      const line = { at: now().toISOString(), level, message, ...requestFacts(), ...facts };
      write(`${JSON.stringify(line)}\n`);
    };
  return { info: at("info"), warn: at("warn"), error: at("error") };
}

/** A class or a code, as programmers write them; anything else could be a sentence. */
const WORD = /^[\w.:/-]{1,80}$/;

function word(value: unknown): string | undefined {
  return typeof value === "string" && WORD.test(value) ? value : undefined;
}

/** Where it was thrown. The message stands first in a stack, may have many lines, and is passed over whole. */
function placeOf({ stack = "", message }: Error): string | undefined {
  const after = stack.indexOf(message) + message.length;
  return /\n\s+at (.+)/.exec(stack.slice(after))?.[1];
}

/**
 * What may be said of an unknown error: its class, code and place, never its message, which can quote a request.
 */
export function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = "code" in error ? word(error.code) : undefined;
  const cause = error.cause instanceof Error ? word(error.cause.name) : undefined;
  return { error: word(error.name), code, cause, at: placeOf(error) };
}
