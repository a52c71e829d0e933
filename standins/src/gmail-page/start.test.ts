import { existsSync } from "node:fs";
import tls from "node:tls";

import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createCertificate } from "../tls.ts";
import { tokenOf } from "./address.ts";
import { type GmailPage, startGmailPage } from "./start.ts";
import { fakeMailbox, FIRST, LAST, MAYA, message, OTHER_THREAD, THREAD } from "./testing.ts";

const CHROMIUM = "/usr/bin/chromium";
const mailbox = fakeMailbox();
const certificate = await createCertificate();
let gmail: GmailPage;

async function data(): Promise<unknown> {
  return (await fetch(`${gmail.origin}/mail/u/0/data`)).json();
}

beforeAll(async () => {
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), certificate.cert]);
  gmail = await startGmailPage({
    shows: { google: { mailbox: () => mailbox.view }, email: MAYA, others: [MAYA] },
    tls: certificate,
  });
});
afterAll(() => gmail.close());

describe("over https", () => {
  test("the page has Gmail's kind of policy and the account's link", async () => {
    const response = await fetch(`${gmail.origin}/mail/u/0/`);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("frame-src 'self'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    const page = await response.text();
    expect(page).toContain(`aria-label="Google Account: Maya Field (${MAYA})"`);
    expect(page).toContain(`nonce="${policy.match(/script-src 'nonce-([^']+)'/)?.[1]}"`);
    expect(page).toMatch(/class="aqk aql bkL">\s*<div class="nH bkK"/);
  });
  test.each(["/", "/mail/", "/mail/u/2/", "/mail/u/2/data", "/favicon.ico"])(
    "%s is not there",
    async (path) => {
      expect((await fetch(gmail.origin + path)).status).toBe(404);
    },
  );
  test("another account has a number of its own", async () => {
    expect((await fetch(`${gmail.origin}/mail/u/1/`)).status).toBe(200);
  });
  test("the data's version moves with the mailbox", async () => {
    const before = await data();
    expect(await data()).toEqual(before);
    mailbox.mail.push(message({ id: "1a00000000000077", threadId: "1a00000000000077" }));
    expect(await data()).not.toEqual(before);
    mailbox.mail.pop();
  });
});

if (!existsSync(CHROMIUM)) process.stderr.write(`skipped: ${CHROMIUM} is not installed\n`);

describe.skipIf(!existsSync(CHROMIUM))("in a browser", () => {
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        `--host-resolver-rules=MAP mail.google.com:443 127.0.0.1:${gmail.port}`,
        `--ignore-certificate-errors-spki-list=${certificate.spkiSha256Base64}`,
      ],
    });
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on("console", (entry) => {
      if (entry.type() === "error") errors.push(entry.text());
    });
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto("https://mail.google.com/mail/u/0/");
  }, 60_000);
  afterAll(() => browser.close());

  test("a thread opens from the list, folds and grows without losing what is open", async () => {
    await page.locator(`[data-legacy-thread-id="${THREAD}"]`).first().click();
    await page.locator(`[role=main] h2[data-legacy-thread-id="${THREAD}"]`).waitFor();
    expect(new URL(page.url()).hash).toBe(`#inbox/${tokenOf(THREAD)}`);
    const messages = page.locator("[data-legacy-message-id]");
    const ids = async () => {
      const all = await messages.all();
      return Promise.all(all.map((one) => one.getAttribute("data-legacy-message-id")));
    };
    expect(await ids()).toEqual([LAST]);
    expect(await page.locator(".a3s b").count()).toBe(0);

    await page.locator("[role=listitem]").first().click();
    await messages.nth(1).waitFor();
    expect(await ids()).toEqual([FIRST, LAST]);

    mailbox.mail.push(message({ id: "1a00000000000042", text: "One more." }));
    await page.getByText("One more.").waitFor();
    expect(await ids()).toEqual([FIRST, LAST, "1a00000000000042"]);
    mailbox.mail.push(message({ id: "1a00000000000043", labels: ["DRAFT"], text: "Dear Ana," }));
    await page.getByRole("group", { name: "Draft" }).waitFor();

    await page.locator(".h7 .gE").first().click();
    await page.locator(".kv").nth(1).waitFor();
    expect(await ids()).toEqual([LAST, "1a00000000000042"]);
    expect(errors).toEqual([]);
  }, 30_000);

  test("a sibling in the row takes its width from the mailbox", async () => {
    const width = async () => (await page.locator(".bkK").boundingBox())?.width ?? 0;
    const before = await width();
    await page.evaluate(`{
      const room = document.createElement("div");
      room.style.flex = "0 0 360px";
      document.querySelector(".bkL").append(room);
    }`);
    expect(await width()).toBe(before - 360);
  });

  test("keys outside a field are Gmail's", async () => {
    await page.locator(".hP:visible").focus();
    await page.keyboard.press("e");
    await page.getByRole("searchbox").fill("r");
    await page.keyboard.press("r");
    expect(await page.evaluate("window.__shortcuts")).toEqual(["e"]);
  });

  test("words in the search box become a search", async () => {
    await page.getByRole("searchbox").fill("from:priya");
    await page.getByRole("searchbox").press("Enter");
    await page.locator("tr.zA").filter({ hasText: "Board pack" }).waitFor();
    expect(await page.locator("tr.zA").count()).toBe(1);
    await page.locator("tr.zA").click();
    await page.locator(`[role=main] h2[data-legacy-thread-id="${OTHER_THREAD}"]:visible`).waitFor();
    await page.getByRole("link", { name: "Compose" }).click();
    await page.getByRole("textbox", { name: "Message body" }).fill("e # r");
    await page.getByRole("button", { name: "Save and close" }).click();
    await page.getByRole("textbox", { name: "Message body" }).waitFor({ state: "detached" });
    await page.locator(`[role=main] h2[data-legacy-thread-id="${OTHER_THREAD}"]:visible`).waitFor();
    expect(await page.evaluate("window.__shortcuts")).toEqual(["e"]);
    expect(errors).toEqual([]);
  }, 30_000);
});
