/**
 * The panel in Gmail-shaped pages of 0.2 and 1.2 MB, signed out, against an empty extension that puts an iframe of the same size there: first
 * paint, when there is something to press (there: to read), Gmail's heap and long tasks. Builds the extension first.
 * As context, without a goal: what @inboxsdk/core takes there before it has anything to press, which on a page that only looks like Gmail
 * never comes.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import type { BrowserContext } from "@playwright/test";

import { BUILT, INBOX, openExtension } from "../src/browser.ts";
import { openPanel } from "../src/journey.ts";
import { type Figure, ms, type Options } from "./figure.ts";
import { buildInboxSdk } from "./inbox-sdk.ts";
import { gmail, type Load, load, pageOf, type Which } from "./panel-load.ts";
import { interleaved, p50, sorted } from "./timing.ts";

const EXTENSION = resolve(import.meta.dirname, "../../extension");
const SIZES = [200_000, 1_200_000];
const TIMES = 1.5;
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

/** Left open, the panel opens by itself from now on. */
async function leaveOpen(context: BrowserContext): Promise<void> {
  const page = await gmail(context, await pageOf(0));
  await page.goto(INBOX);
  await openPanel(context, page);
  await page.close();
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
  contexts: Readonly<Record<Which, BrowserContext>>,
  turns: number,
): Promise<Figure[]> {
  const html = await pageOf(bytes);
  const loads: Record<Which, Load[]> = { ours: [], empty: [], sdk: [] };
  const warm = 1;
  const once = (which: Which) => async () =>
    loads[which].push(await load(which, contexts[which], html));
  await interleaved(
    { ours: once("ours"), empty: once("empty"), sdk: once("sdk") },
    { warm, turns },
  );
  const median = (which: Which, what: keyof Load) =>
    p50(sorted(loads[which].slice(warm).map((one) => one[what])));
  const came = loads.sdk.reduce((sum, { up }) => sum + up, 0);
  const page = `page of ${(html.length / 1e6).toFixed(1)} MB`;
  const ratio = (what: "paint" | "usable", says: string): Figure => ({
    says: `${page}: ${says}, over an empty extension's`,
    value: median("ours", what) / median("empty", what),
    unit: "times",
    goal: TIMES,
    from: `${ms(median("ours", what))}, empty ${ms(median("empty", what))}`,
  });
  const megabytes = (which: Which) => `${(median(which, "heap") / 1e6).toFixed(1)} MB`;
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
    {
      says: `${page}: @inboxsdk/core's first paint, over an empty extension's`,
      value: median("sdk", "paint") / median("empty", "paint"),
      unit: "times",
      from: `${ms(median("sdk", "paint"))}; its script has run at ${ms(median("sdk", "usable"))}, and come up in ${came} of ${loads.sdk.length}`,
    },
    {
      says: `${page}: its Gmail's heap, over an empty extension's`,
      value: median("sdk", "heap") / median("empty", "heap"),
      unit: "times",
      from: megabytes("sdk"),
    },
    {
      says: `${page}: its long tasks beyond 50 ms, more than with an empty extension`,
      value: median("sdk", "long") - median("empty", "long"),
      unit: "ms",
    },
  ];
}

export async function measure({ quick }: Options): Promise<Figure[]> {
  await promisify(execFile)("node_modules/.bin/wxt", ["build"], { cwd: EXTENSION });
  const built = await mkdtemp(join(tmpdir(), "vaultdesk-empty-"));
  for (const [name, text] of Object.entries(EMPTY)) await writeFile(join(built, name), text);
  const withSdk = await mkdtemp(join(tmpdir(), "vaultdesk-inbox-sdk-"));
  const sdkBytes = await buildInboxSdk(withSdk);
  const [ours, empty, sdk] = await Promise.all([
    openExtension(NOBODY, FLAGS),
    openExtension(NOBODY, FLAGS, { built }),
    openExtension(NOBODY, FLAGS, { built: withSdk }),
  ]);
  const contexts = { ours: ours.context, empty: empty.context, sdk: sdk.context };
  let asked = 0;
  sdk.context.on("request", (request) => {
    if (request.url().startsWith("https://") && !request.url().startsWith(INBOX)) asked += 1;
  });
  try {
    await leaveOpen(ours.context);
    const figures: Figure[] = [];
    for (const size of SIZES) figures.push(...(await atSize(size, contexts, quick ? 3 : 7)));
    const content = (await stat(join(BUILT, "gmail.js"))).size;
    return [
      { says: "the content script", value: content / 1000, unit: "kB" },
      { says: "@inboxsdk/core in Gmail's page, minified", value: sdkBytes / 1000, unit: "kB" },
      { says: "what it asked of other hosts, in vain", value: asked, unit: "requests" },
      { says: "the whole extension, unpacked", value: (await bytesIn(BUILT)) / 1000, unit: "kB" },
      ...figures,
    ];
  } finally {
    await Promise.all([ours.close(), empty.close(), sdk.close()]);
    await rm(built, { recursive: true, force: true });
    await rm(withSdk, { recursive: true, force: true });
  }
}
