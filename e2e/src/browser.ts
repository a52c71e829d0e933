/**
 * A real Chromium with the built extension on the stand-ins' world. Every name but the mapped ones fails to resolve, and a request that
 * was tried outside loopback is remembered: `outside` must be empty at the end.
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import {
  type Browser,
  type BrowserContext,
  chromium,
  type Frame,
  type Page,
  type Request,
} from "@playwright/test";
import { isLoopback } from "@vaultdesk/standins/loopback-only.ts";
import type { World } from "@vaultdesk/standins/world.ts";

import { findChromium } from "./chromium.ts";

export const BUILT = resolve(import.meta.dirname, "../../extension/.output/chrome-mv3");
const PHONE = { width: 390, height: 780 };
export const INBOX = "https://mail.google.com/mail/u/0/";

export interface Desk {
  context: BrowserContext;
  /** Requests that were tried outside loopback and the mapped Gmail page. */
  outside: readonly string[];
  /** The phone's page, signed in as its owner: another device, so another browser. */
  openPhone(sub: string): Promise<Page>;
  close(): Promise<void>;
}

/** The other device: a browser of its own, started when a phone is first looked at. */
export interface Phones {
  open(url: string): Promise<Page>;
  close(): Promise<void>;
}

export function createPhones(headless: boolean): Phones {
  let started: Promise<Browser> | undefined;
  return {
    async open(url) {
      started ??= chromium.launch({
        headless,
        executablePath: findChromium(process.env),
        args: [
          "--no-sandbox",
          "--disable-gpu",
          "--window-size=500,860",
          "--window-position=1190,0",
        ],
      });
      const browser = await started;
      const page = await browser.newPage(headless ? { viewport: PHONE } : { viewport: null });
      await page.goto(url);
      return page;
    },
    async close() {
      await (await started)?.close();
    },
  };
}

interface Look {
  headless?: boolean;
  dark?: boolean;
  /** Of an X server, for a window that nobody sees. */
  display?: string;
  /** The folder of another extension than ours. */
  built?: string;
}

type Config = Readonly<Record<string, string>>;

export interface OpenExtension {
  context: BrowserContext;
  /** Where it was loaded from. */
  folder: string;
  /** Read by the extension's pages when they are loaded. */
  configure(config: Config): Promise<void>;
  close(): Promise<void>;
}

/** A Chromium with the built extension. */
export async function openExtension(
  config: Config,
  flags: readonly string[],
  look: Look = {},
): Promise<OpenExtension> {
  const folder = await mkdtemp(join(tmpdir(), "vaultdesk-"));
  const extension = join(folder, "extension");
  await cp(look.built ?? BUILT, extension, { recursive: true });
  const configure = (now: Config) => writeFile(join(extension, "config.json"), JSON.stringify(now));
  await configure(config);
  // Without it Chrome turns an unpacked extension off when it loads anew.
  const developer = JSON.stringify({ extensions: { ui: { developer_mode: true } } });
  await mkdir(join(folder, "profile", "Default"), { recursive: true });
  await writeFile(join(folder, "profile", "Default", "Preferences"), developer);
  const headless = look.headless ?? true;
  const context = await chromium.launchPersistentContext(join(folder, "profile"), {
    headless,
    executablePath: findChromium(process.env),
    viewport: headless ? { width: 1440, height: 900 } : null,
    colorScheme: look.dark === true ? "dark" : "light",
    // What turns and pulses is painted by the processor where nobody looks.
    reducedMotion: headless ? "reduce" : "no-preference",
    ...(look.display === undefined ? {} : { env: { ...process.env, DISPLAY: look.display } }),
    args: [
      ...flags,
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--window-size=1180,860",
      "--window-position=0,0",
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
  });
  return {
    context,
    folder: extension,
    configure,
    async close() {
      await context.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** A desk with a Chromium of its own. */
export async function openDesk(
  world: World,
  serverUrl: string,
  options: Look & { phones: Phones },
): Promise<Desk> {
  const config = world.extensionConfig(serverUrl);
  const opened = await openExtension(config, world.chromiumFlags, options);
  const desk = deskAt(opened.context, world, options.phones);
  return {
    ...desk,
    async close() {
      await desk.close();
      await opened.close();
    },
  };
}

/** What is done at this Chromium, until it is closed; the Chromium stays. */
export function deskAt(context: BrowserContext, world: World, phones: Phones): Desk {
  const outside: string[] = [];
  const note = (request: Request) => {
    const url = new URL(request.url());
    if (!["http:", "https:", "ws:", "wss:"].includes(url.protocol)) return;
    const mapped = url.hostname === "mail.google.com" || url.hostname.endsWith(".chromiumapp.org");
    if (!mapped && !isLoopback(url.hostname)) outside.push(url.origin);
  };
  context.on("request", note);
  const held: Page[] = [];
  return {
    context,
    outside,
    async openPhone(sub) {
      const url = `${world.auth0.phone.url}?user=${encodeURIComponent(sub)}`;
      const page = await phones.open(url);
      held.push(page);
      return page;
    },
    async close() {
      context.off("request", note);
      await Promise.all(held.map((page) => page.close()));
    },
  };
}

/** The extension's panel inside a Gmail page. A closed shadow root is no obstacle to the browser's own frame list. */
export async function panelOf(page: Page): Promise<Frame> {
  const found = () => page.frames().find((frame) => frame.url().startsWith("chrome-extension:"));
  for (let tries = 0; tries < 100; tries += 1) {
    const frame = found();
    if (frame !== undefined) return frame;
    await page.waitForTimeout(100);
  }
  throw new Error("the panel did not open in Gmail");
}
