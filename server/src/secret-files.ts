/**
 * Secrets as files, as Docker and Kubernetes mount them: NAME_FILE names a file that holds NAME. An empty variable counts as none, since
 * that is how an orchestrator passes one that nobody set. Says what is wrong, and never a value.
 */
import { readFileSync } from "node:fs";

type Env = Readonly<Record<string, string | undefined>>;

/** The environment with each secret of `names` in its place, and what is wrong, by the secret's name. */
export function withSecretFiles(
  given: Env,
  names: readonly string[],
  read: (file: string) => string = (file) => readFileSync(file, "utf8"),
): { env: Env; problems: ReadonlyMap<string, string> } {
  const env = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  const problems = new Map<string, string>();
  for (const name of names) {
    const file = env[`${name}_FILE`];
    if (file === undefined) continue;
    const found = env[name] === undefined ? oneLine(file, read) : { problem: BOTH };
    if ("text" in found) env[name] = found.text;
    else problems.set(name, `${name}_FILE: ${found.problem}`);
  }
  return { env, problems };
}

const BOTH = "the secret is set twice, here and in the variable itself: unset one of them";

function oneLine(
  file: string,
  read: (file: string) => string,
): { text: string } | { problem: string } {
  let text: string;
  try {
    text = read(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return { problem: `the file can't be read by this process (${code})` };
  }
  // An editor or `echo` ends a file with a newline that nobody means.
  text = text.replace(/\r?\n$/, "");
  if (text === "") return { problem: "the file is empty" };
  if (/[\r\n]/.test(text)) return { problem: "the file holds more than one line" };
  if (text.trim() !== text) return { problem: "the secret begins or ends with a space" };
  return { text };
}

/** Puts the variables of `file` into this process's environment; one that is set stays, as with Node's `--env-file`. A problem in words. */
export function loadEnvFile(file: string | undefined): string | undefined {
  if (file === undefined || file === "") return undefined;
  try {
    process.loadEnvFile(file);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return `VAULTDESK_ENV_FILE: the file can't be read (${code})`;
  }
}
