/**
 * The panel in Gmail-shaped pages of 0.2 and 1.2 MB, signed out, against an empty extension that puts an iframe of the same size there: first
 * paint, when there is something to press (there: to read), Gmail's heap and long tasks. Builds the extension first.
 * Against @inboxsdk/core it is not measured yet.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import type { BrowserContext, Page } from "@playwright/test";

import { BUILT, INBOX, openExtension, panelOf } from "../src/browser.ts";
import { openPanel } from "../src/journey.ts";
import { heapOf } from "../src/profile.ts";
import { type Figure, ms, type Options } from "./figure.ts";
import { interleaved, p50, sorted } from "./timing.ts";

const EXTENSION = resolve(import.meta.dirname, "../../extension");
const SIZES = [200_000, 1_200_000];
const TIMES = 1.5;
const SETTLE_MS = 500;
const FLAGS = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"];
const NOBODY = {
  serverUrl: "http://127.0.0.1:9",
  auth0Domain: "localhost:9",
  auth0ClientId: "none",
  auth0Audience: "none",
};
const EMPTY = {
  "manifest.json": JSON.stringify({
    manifest_version: 3,
    name: "Empty",
    version: "1",
    content_scripts: [{ matches: ["https://mail.google.com/*"], js: ["content.js"] }],
    web_accessible_resources: [
      { resources: ["panel.html"], matches: ["https://mail.google.com/*"] },
    ],
  }),
  "content.js": `const frame = document.createElement("iframe");
    frame.src = chrome.runtime.getURL("panel.html");
    frame.style = "position: fixed; inset: 0 0 0 auto; width: 400px; height: 100%";
    document.documentElement.append(frame);`,
  "panel.html": "<!doctype html><button>Empty</button>",
};

interface Load {
  paint: number;
  usable: number;
  heap: number;
  /** Milliseconds of tasks beyond 50 ms. */
  long: number;
}

async function pageOf(bytes: number): Promise<string> {
  const html = await readFile(join(import.meta.dirname, "../layouts/thread.html"), "utf8");
  const row = `<tr class="zA" role="row"><td><span data-legacy-thread-id="17aa0b3c5d7e9f10">${"Board pack ".repeat(12)}</span></td></tr>`;
  const rows = row.repeat(Math.max(0, Math.ceil((bytes - html.length) / row.length)));
  return html.replace("</body>", `<table><tbody>${rows}</tbody></table></body>`);
}

async function gmail(context: BrowserContext, html: string): Promise<Page> {
  const page = await context.newPage();
  await page.route(`${INBOX}**`, (route) =>
    route.fulfill({ contentType: "text/html; charset=utf-8", body: html }),
  );
  return page;
}

/** Left open, the panel opens by itself from now on. */
async function leaveOpen(context: BrowserContext): Promise<void> {
  const page = await gmail(context, await pageOf(0));
  await page.goto(INBOX);
  await openPanel(context, page);
  await page.close();
}

async function load(context: BrowserContext, html: string): Promise<Load> {
  const page = await gmail(context, html);
  try {
    const from = performance.now();
    await page.goto(INBOX, { waitUntil: "commit" });
    const panel = await panelOf(page);
    await panel.locator("button").first().waitFor();
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
    return { paint, usable, heap: await heapOf(await context.newCDPSession(page)), long };
  } finally {
    await page.close();
  }
}

async function bytesIn(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = files
    .filter((file) => file.isFile())
    .map(async (file) => (await stat(join(file.parentPath, file.name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function atSize(
  bytes: number,
  ours: BrowserContext,
  empty: BrowserContext,
  turns: number,
): Promise<Figure[]> {
  const html = await pageOf(bytes);
  const loads: Record<"ours" | "empty", Load[]> = { ours: [], empty: [] };
  const warm = 1;
  await interleaved(
    {
      ours: async () => loads.ours.push(await load(ours, html)),
      empty: async () => loads.empty.push(await load(empty, html)),
    },
    { warm, turns },
  );
  const median = (which: "ours" | "empty", what: keyof Load) =>
    p50(sorted(loads[which].slice(warm).map((one) => one[what])));
  const page = `page of ${(html.length / 1e6).toFixed(1)} MB`;
  const ratio = (what: "paint" | "usable", says: string): Figure => ({
    says: `${page}: ${says}, over an empty extension's`,
    value: median("ours", what) / median("empty", what),
    unit: "times",
    goal: TIMES,
    from: `${ms(median("ours", what))}, empty ${ms(median("empty", what))}`,
  });
  const megabytes = (which: "ours" | "empty") => `${(median(which, "heap") / 1e6).toFixed(1)} MB`;
  return [
    ratio("paint", "first paint"),
    ratio("usable", "something to press"),
    {
      says: `${page}: Gmail's heap, over an empty extension's`,
      value: median("ours", "heap") / median("empty", "heap"),
      unit: "times",
      goal: TIMES,
      from: `${megabytes("ours")}, empty ${megabytes("empty")}`,
    },
    {
      says: `${page}: beyond 50 ms in long tasks, more than with an empty extension`,
      value: median("ours", "long") - median("empty", "long"),
      unit: "ms",
      from: `${ms(median("ours", "long"))}, empty ${ms(median("empty", "long"))}`,
    },
  ];
}

export async function measure({ quick }: Options): Promise<Figure[]> {
  await promisify(execFile)("node_modules/.bin/wxt", ["build"], { cwd: EXTENSION });
  const built = await mkdtemp(join(tmpdir(), "vaultdesk-empty-"));
  for (const [name, text] of Object.entries(EMPTY)) await writeFile(join(built, name), text);
  const [ours, empty] = await Promise.all([
    openExtension(NOBODY, FLAGS),
    openExtension(NOBODY, FLAGS, { built }),
  ]);
  try {
    await leaveOpen(ours.context);
    const figures: Figure[] = [];
    for (const size of SIZES) {
      figures.push(...(await atSize(size, ours.context, empty.context, quick ? 3 : 7)));
    }
    const content = (await stat(join(BUILT, "gmail.js"))).size;
    return [
      { says: "the content script", value: content / 1000, unit: "kB" },
      { says: "the whole extension, unpacked", value: (await bytesIn(BUILT)) / 1000, unit: "kB" },
      ...figures,
    ];
  } finally {
    await Promise.all([ours.close(), empty.close()]);
    await rm(built, { recursive: true, force: true });
  }
}
