/** One load of a Gmail-shaped page with an extension, and what it took. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { BrowserContext, Page } from "@playwright/test";

import { INBOX, panelOf } from "../src/browser.ts";
import { heapOf } from "../src/profile.ts";

const SETTLE_MS = 500;

export type Which = "ours" | "empty" | "sdk";

export interface Load {
  paint: number;
  usable: number;
  heap: number;
  /** Milliseconds of tasks beyond 50 ms. */
  long: number;
  /** 1 where @inboxsdk/core has come up. */
  up: number;
}

export async function pageOf(bytes: number): Promise<string> {
  const html = await readFile(join(import.meta.dirname, "../layouts/thread.html"), "utf8");
  const row = `<tr class="zA" role="row"><td><span data-legacy-thread-id="17aa0b3c5d7e9f10">${"Board pack ".repeat(12)}</span></td></tr>`;
  const rows = row.repeat(Math.max(0, Math.ceil((bytes - html.length) / row.length)));
  return html.replace("</body>", `<table><tbody>${rows}</tbody></table></body>`);
}

export async function gmail(context: BrowserContext, html: string): Promise<Page> {
  const page = await context.newPage();
  await page.route(`${INBOX}**`, (route) =>
    route.fulfill({ contentType: "text/html; charset=utf-8", body: html }),
  );
  return page;
}

/** Of ours and the empty one: there is something to press. Of the other: its script has run. */
async function waitFor(which: Which, page: Page): Promise<void> {
  if (which === "sdk") await page.locator("html[data-sdk]").waitFor({ state: "attached" });
  else await (await panelOf(page)).locator("button").first().waitFor();
}

export async function load(which: Which, context: BrowserContext, html: string): Promise<Load> {
  const page = await gmail(context, html);
  try {
    const from = performance.now();
    await page.goto(INBOX, { waitUntil: "commit" });
    await waitFor(which, page);
    const usable = performance.now() - from;
    await page.waitForTimeout(SETTLE_MS);
    const { paint, long } = await page.evaluate(
      () =>
        new Promise<{ paint: number; long: number }>((told) => {
          const [first] = performance.getEntriesByName("first-contentful-paint");
          new PerformanceObserver((list) => {
            const tasks = list.getEntries().map(({ duration }) => duration - 50);
            told({ paint: first?.startTime ?? NaN, long: tasks.reduce((sum, n) => sum + n, 0) });
          }).observe({ type: "longtask", buffered: true });
          setTimeout(() => told({ paint: first?.startTime ?? NaN, long: 0 }), 200);
        }),
    );
    const up = await page.locator('html[data-sdk="up"]').count();
    return { paint, usable, heap: await heapOf(await context.newCDPSession(page)), long, up };
  } finally {
    await page.close();
  }
}
