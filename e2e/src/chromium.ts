/**
 * Finds a Chromium that loads unpacked extensions: `CHROME_PATH`, else an installed one, else installs one
 * (Playwright's where it can be reached, Debian's package as root). Branded Chrome dropped --load-extension in 137.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

import { chromium } from "@playwright/test";

const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/snap/bin/chromium"];
const INSTALL_MS = 300_000;

function run(command: string, ...args: string[]): boolean {
  process.stderr.write(`installing Chromium: ${command} ${args.join(" ")}\n`);
  const { status } = spawnSync(command, args, { stdio: "ignore", timeout: INSTALL_MS });
  return status === 0;
}

function present(): string | undefined {
  return [...INSTALLED, chromium.executablePath()].find((path) => existsSync(path));
}

/** The path of the executable. Throws with what to do when there is none and none can be installed. */
export function findChromium(env: Readonly<Record<string, string | undefined>>): string {
  const named = env["CHROME_PATH"];
  if (named !== undefined && named !== "") {
    if (existsSync(named)) return named;
    throw new Error(`CHROME_PATH names ${named}, which is not there`);
  }
  const found = present();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    run("apt-get", "update", "-qq");
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium");
  }
  const packaged = present();
  if (packaged !== undefined) return packaged;
  run("npx", "--yes", "playwright@1.65.1", "install", "chromium");
  const installed = present();
  if (installed !== undefined) return installed;
  throw new Error(
    "No Chromium was found and none could be installed. Install the package chromium, or set CHROME_PATH to one (not branded Chrome).",
  );
}
