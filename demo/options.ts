/** What the demo was asked for. `--mailbox PATH` is taken from where the person stands, not from the workspace's root. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";

const ANSWERS = ["approve", "deny", "ignore"] as const;
export type PhoneAnswer = (typeof ANSWERS)[number];

export interface DemoOptions {
  /** What the phone does in the tour. */
  answer: PhoneAnswer;
  mailbox: string | undefined;
  /** The tour without a window; chosen by itself where there is no display. */
  headless: boolean;
  output: string;
}

export type Parsed = { ok: true; options: DemoOptions } | { ok: false; message: string };

const USAGE =
  "usage: pnpm demo [--mailbox PATH] [--headless] [--answer approve|deny|ignore] [--output FOLDER]";

export function readOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  root: string,
): Parsed {
  try {
    const { values } = parseArgs({
      args: args.filter((arg) => arg !== "--"),
      options: {
        mailbox: { type: "string" },
        headless: { type: "boolean", default: false },
        answer: { type: "string", default: "approve" },
        output: { type: "string" },
      },
    });
    const answer = ANSWERS.find((one) => one === values.answer);
    if (answer === undefined)
      return { ok: false, message: `--answer can't be ${values.answer}\n${USAGE}` };
    const here = env["INIT_CWD"] ?? root;
    const display = env["DISPLAY"] ?? env["WAYLAND_DISPLAY"] ?? "";
    const windowed =
      display !== "" || process.platform === "darwin" || process.platform === "win32";
    return {
      ok: true,
      options: {
        answer,
        mailbox: values.mailbox === undefined ? undefined : resolve(here, values.mailbox),
        headless: values.headless || !windowed,
        output: resolve(here, values.output ?? "demo-output"),
      },
    };
  } catch (error) {
    return {
      ok: false,
      message: `${error instanceof Error ? error.message : String(error)}\n${USAGE}`,
    };
  }
}
