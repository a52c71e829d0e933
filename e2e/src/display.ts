/** An X server without a screen and hands on it, for what only a real window has: Chrome's own menu and shortcuts. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";

import type { Page } from "@playwright/test";

import { ended } from "./server.ts";

const NEEDED = ["/usr/bin/Xvfb", "/usr/bin/xdotool"];

/** What to install, where something is missing. */
export function missingForDisplay(): string | undefined {
  return NEEDED.every((path) => existsSync(path))
    ? undefined
    : "Xvfb and xdotool are not installed (apt-get install xvfb xdotool)";
}

export interface Display {
  /** For example `:99`. */
  name: string;
  click(button: "left" | "right", x: number, y: number): void;
  press(...keys: string[]): void;
  close(): Promise<void>;
}

export async function openDisplay(): Promise<Display> {
  const server = spawn(
    "Xvfb",
    ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
    {
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  const number = await new Promise<string>((told) => {
    createInterface({ input: server.stdout }).once("line", told);
  });
  const name = `:${number}`;
  const hand = (...args: string[]) => {
    const { status, stderr } = spawnSync("xdotool", args, {
      env: { ...process.env, DISPLAY: name },
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`xdotool ${args.join(" ")}: ${stderr}`);
  };
  return {
    name,
    click(button, x, y) {
      hand("mousemove", "--sync", `${Math.round(x)}`, `${Math.round(y)}`);
      hand("click", button === "left" ? "1" : "3");
    },
    press: (...keys) => hand("key", "--delay", "60", ...keys),
    async close() {
      server.kill();
      await ended(server);
    },
  };
}

/** The middle of an element, on the screen. */
export async function onScreen(page: Page, css: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(css).boundingBox();
  if (box === null) throw new Error(`${css} is not to be seen`);
  const window = await page.evaluate(() => ({
    x: screenX,
    y: screenY + outerHeight - innerHeight,
  }));
  return { x: window.x + box.x + box.width / 2, y: window.y + box.y + box.height / 2 };
}
