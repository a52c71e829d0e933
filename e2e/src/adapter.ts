/**
 * The Gmail adapter, as the extension has it, on a page that is a file: a layout of our own, or a page that somebody saved. The page's own
 * scripts stay off, and nothing is loaded but what was saved beside it.
 */
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

import { type Browser, chromium } from "@playwright/test";
import type { PageCheck } from "@vaultdesk/extension/src/gmail/check.ts";
import { build } from "vite";

import { findChromium } from "./chromium.ts";

const GMAIL = "https://mail.google.com";
const CHECK = resolve(import.meta.dirname, "../../extension/src/gmail/check.ts");
const POLICY = "script-src 'none'; object-src 'none'; frame-src 'none'";
const NAME = "vaultDeskAdapter";

/** The address that a browser wrote into the page as it saved it. */
export function savedFrom(html: string): URL | undefined {
  const address = /<!-- saved from url=\(\d+\)(\S+) -->/.exec(html)?.[1]?.replaceAll("&amp;", "&");
  if (address === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.origin === GMAIL ? url : undefined;
}

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    build: { write: false, lib: { entry: CHECK, formats: ["iife"], name: NAME } },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
    "output" in one ? one.output : [],
  );
  const code = outputs.flatMap((one) => ("code" in one ? [one.code] : []))[0];
  if (code === undefined) throw new Error("the adapter was not built");
  return code;
}

/** A browser that reaches nothing. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(process.env),
    args: ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"],
  });
}

export interface Adapter {
  check(file: string): Promise<PageCheck>;
}

/** Lives as long as the browser. One page at a time. */
export async function openAdapter(browser: Browser): Promise<Adapter> {
  const code = await bundle();
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  let file = "";
  await context.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    if (route.request().isNavigationRequest()) {
      const headers = {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": POLICY,
      };
      return route.fulfill({ body: await readFile(file), headers });
    }
    // A saved page names what was saved with it by folder and name.
    const [folder, name] = [dirname(url.pathname), url.pathname].map((path) =>
      basename(decodeURIComponent(path)),
    );
    const beside = join(dirname(file), folder ?? "", name ?? "");
    return url.origin === GMAIL ? route.fulfill({ path: beside }) : route.abort();
  });
  return {
    async check(wanted) {
      file = resolve(wanted);
      const address = savedFrom(await readFile(file, "utf8")) ?? new URL("/mail/u/0/", GMAIL);
      // A change of the hash alone loads nothing.
      await page.goto("about:blank");
      await page.goto(address.href, { waitUntil: "load" });
      return page.evaluate<PageCheck>(`${code}; ${NAME}.checkPage(document, location.pathname)`);
    },
  };
}
