/**
 * One JSON line each to standard error. The message is a static string, the facts are ids, codes and numbers:
 * no type here admits an object, so a token or mail text can't ride along inside one.
 */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  error(message: string, facts?: Facts): void;
}

/** A log that writes lines through `write`, stamped by `now`. */
export function createLog(
  write: (line: string) => void = (line) => process.stderr.write(line),
  now: () => Date = () => new Date(),
): Log {
  const at =
    (level: string) =>
    (message: string, facts: Facts = {}) => {
      write(`${JSON.stringify({ at: now().toISOString(), level, message, ...facts })}\n`);
    };
  return { info: at("info"), warn: at("warn"), error: at("error") };
}

/**
 * What may be said of an unknown error: its class and code, never its message, which can quote a request.
 */
export function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const cause = error.cause instanceof Error ? error.cause.name : undefined;
  return { error: error.name, code, cause, at: error.stack?.split("\n")[1]?.trim() };
}
