/** The server as its own process, and what it uses (proc(5)). */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
/** As `pnpm start` has them: a young generation that is not let grow with the machine's memory. */
export const FLAGS = ["--max-semi-space-size=8", "--max-old-space-size=512"];

/** CPU seconds that a process has used, and its resident bytes. */
export async function usage(pid: number): Promise<{ cpu: number; rss: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const rss = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
  return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, rss };
}

export function startMeasured(
  env: Readonly<Record<string, string>>,
  stderr: "inherit" | "pipe" = "inherit",
) {
  const child = spawn(process.execPath, [...FLAGS, "server/src/main.ts"], {
    cwd: ROOT,
    env: { PATH: "/usr/bin:/bin", ...env },
    stdio: ["ignore", "inherit", stderr],
  });
  if (child.pid === undefined) throw new Error("the server did not start");
  return { child, pid: child.pid };
}
