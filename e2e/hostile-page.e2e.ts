/**
 * Gmail's page as an enemy: a script of the page's own tries to read the panel, to type into it, to drive it and to cover it. The page's
 * policy is off, so that nothing but VaultDesk itself keeps it out. What stays possible is to take the panel away: it comes back.
 */
import { type BrowserContext, expect, type Frame, type Page } from "@playwright/test";
import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";

import { panelOf } from "./src/browser.ts";
import { MAYA, test } from "./src/fixture.ts";
import { GUESSED_NONCE, HOST, SPY } from "./src/spy.ts";
import { draftMails, ready } from "./src/steps.ts";

const SECRET = "the price is 48 million";
const STATIC = `chrome-extension://${EXTENSION_ID}/panel.html`;
const host = `document.querySelector('${HOST}')`;

/** Run in the page's world; each has to come to exactly this. */
const READS: readonly (readonly [way: string, code: string, gets: unknown])[] = [
  ["opens the shadow root", `${host}.shadowRoot`, null],
  [
    "attaches a shadow root over it",
    `(() => { try { ${host}.attachShadow({ mode: "open" }); return "opened"; } catch (error) { return error.name; } })()`,
    "NotSupportedError",
  ],
  ["counts frames", "window.length + document.querySelectorAll('iframe, embed, object').length", 0],
  [
    "asks what lies at a point",
    `(() => { const { x, y, width, height } = ${host}.getBoundingClientRect(); return document.elementsFromPoint(x + width / 2, y + height / 2)[0] === ${host}; })()`,
    true,
  ],
  [
    "looks for its address in the page and in what was loaded",
    "document.documentElement.outerHTML.includes('chrome-extension') || performance.getEntries().some(({ name }) => name.includes('chrome-extension'))",
    false,
  ],
  [
    "searches its text",
    `window.find(${JSON.stringify(SECRET)}, false, false, true, false, true)`,
    false,
  ],
  ["reads the selection", "String(getSelection())", ""],
  [
    "looks into every store of the page's origin",
    "(async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length, (await caches.keys()).length].join())()",
    "0,0,,0,0",
  ],
  [
    "fetches the panel by the extension's id",
    `fetch("${STATIC}").then(() => "loaded", (error) => error.name)`,
    "TypeError",
  ],
  [
    "fetches the configuration",
    `fetch("${new URL("config.json", STATIC).href}").then(() => "loaded", (error) => error.name)`,
    "TypeError",
  ],
  [
    "speaks to the extension's worker",
    `(async () => { try { return await chrome.runtime.sendMessage("${EXTENSION_ID}", { type: "session.token", fresh: true }); } catch (error) { return error.name; } })()`,
    "TypeError",
  ],
  [
    "opens the panel in a window",
    `(() => { const opened = window.open("${STATIC}"); try { return opened.document.body.childElementCount; } catch { return "closed to it"; } finally { opened?.close(); } })()`,
    0,
  ],
];

/** Run in the page's world; the panel has to be as it was. */
const DRIVES: readonly (readonly [way: string, code: string])[] = [
  [
    "posts each of the extension's own messages",
    `for (const target of [window, parent, top]) for (const message of [{ type: "gmail.panel", show: "close" }, { type: "panel.hello", nonce: "" }, { type: "session.logout" }, { type: "view.changed", view: {} }]) target.postMessage(message, "*")`,
  ],
  [
    "makes up clicks, drags and keys",
    `for (const type of ["pointerdown", "pointermove", "pointerup", "mousedown", "click", "dblclick"]) ${host}.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, clientX: 4, clientY: 400, pointerId: 1 }));
     for (const key of ["Home", "End", "Enter", "Escape", "ArrowLeft"]) ${host}.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }))`,
  ],
  [
    "says that it is a newer content script",
    `for (const name of ["gmail", "content"]) document.dispatchEvent(new CustomEvent("${EXTENSION_ID}:" + name + ":wxt:content-script-started", { detail: { contentScriptName: name, messageId: "x" } }))`,
  ],
  ["types at it", `${host}.focus(); document.execCommand("insertText", false, "send it")`],
  ["hides it by its style", `${host}.style.cssText = "opacity: 0.01; transform: scale(0.1)"`],
  ["empties it", `${host}.replaceChildren(document.createElement("iframe"))`],
];

async function hostileGmail(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Page.setBypassCSP", { enabled: true });
  await page.addInitScript(SPY);
  await page.reload();
  await page.locator("h2.hP:visible").waitFor();
}

const looks = (frame: Frame) =>
  frame.evaluate(() => ({
    width: window.innerWidth,
    typed: document.querySelector("textarea")?.value,
    cards: document.querySelectorAll("[data-testid=draft-card]").length,
  }));

/** The message that the content script takes for the one under the pointer. */
async function pointedAt(context: BrowserContext): Promise<unknown> {
  const [worker] = context.serviceWorkers();
  return worker?.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    return chrome.tabs.sendMessage(tab?.id ?? 0, { type: "gmail.pointed" }, { frameId: 0 });
  });
}

/** The panel's address of this browser session, which only the content script is told. */
async function addressOfSession(page: Page): Promise<string> {
  const devtools = await page.context().newCDPSession(page);
  const contexts: { id: number; name: string }[] = [];
  devtools.on("Runtime.executionContextCreated", ({ context }) => contexts.push(context));
  await devtools.send("Runtime.enable");
  const ours = contexts.find(({ name }) => name === "VaultDesk");
  const { result } = await devtools.send("Runtime.evaluate", {
    contextId: ours?.id ?? 0,
    expression: "chrome.runtime.getURL('/panel.html')",
  });
  return String(result.value);
}

test("a hostile page reads nothing, types nothing, drives nothing", async ({ world, desk }) => {
  const { page, panel: before, threadId } = await ready(world, desk);
  await draftMails(before, [{ to: "tom@northgate.example", subject: "Price", text: SECRET }]);
  await hostileGmail(page);
  const panel = await panelOf(page);
  await expect(panel.getByTestId("draft-card")).toBeVisible();

  await panel.getByTestId("ask").click();
  await page.keyboard.type(SECRET);
  await page.keyboard.press("Control+a");
  const box = await (await panel.frameElement()).boundingBox();
  await page.mouse.move((box?.x ?? 0) - 4, 400, { steps: 3 });
  await page.mouse.move((box?.x ?? 0) + 100, 400, { steps: 3 });
  expect(await page.evaluate("window.__loot"), "patched and listened to all").toEqual([]);
  expect(panel.url()).not.toContain(GUESSED_NONCE);

  for (const [way, code, gets] of READS) {
    expect.soft(await page.evaluate(code), way).toEqual(gets);
  }

  const usual = await looks(panel);
  expect(usual).toMatchObject({ typed: SECRET, cards: 1 });
  for (const [way, code] of DRIVES) {
    await page.evaluate(`{ ${code} }`);
    await expect
      .poll(() => page.locator(HOST).getAttribute("style"), way)
      .toContain("position: fixed");
    expect.soft(await looks(panel), way).toEqual(usual);
  }
  // Nothing of that was a person's.
  await page.evaluate(
    `document.querySelector("[role=main] [data-legacy-message-id]").dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, composed: true }))`,
  );
  expect(await pointedAt(desk.context)).toEqual({ ok: true, value: { threadId } });

  // Chrome lets the page frame the panel only by its address of this session, and then it stays dead for want of the nonce.
  const session = await addressOfSession(page);
  expect(session).not.toContain(EXTENSION_ID);
  for (const address of [STATIC, session, `${session}#${GUESSED_NONCE}`]) {
    const framed = page.waitForEvent("frameattached");
    await page.evaluate((src) => {
      const frame = document.createElement("iframe");
      frame.src = src;
      document.body.append(frame);
    }, address);
    const frame = await framed;
    if (address !== STATIC) {
      await expect(frame.getByTestId("gate")).toHaveAttribute("data-state", "refused");
    }
    expect(await frame.getByTestId("panel").count(), address).toBe(0);
    await page.evaluate("document.querySelector('iframe').remove()");
  }

  const send = panel.getByTestId("draft-card").getByTestId("ask-phone");
  await send.scrollIntoViewIfNeeded();
  await expect(send).toHaveAttribute("data-cover", "clear");
  await page.evaluate(
    `{ const over = document.createElement("div"); over.popover = "manual"; over.style.cssText = "inset: 0; width: 100vw; height: 100vh; opacity: 0.9; pointer-events: none"; document.body.append(over); over.showPopover(); }`,
  );
  await expect(send).toHaveAttribute("data-cover", "covered");
  await page.evaluate(`document.querySelector("[popover]").remove()`);

  // Moved into the page's own tree, or taken away, it comes back where it belongs.
  await page.evaluate(`document.body.append(${host})`);
  await page.locator(`html > ${HOST}`).waitFor();
  await page.evaluate(`${host}.remove()`);
  await page.locator(`html > ${HOST}`).waitFor();
  await expect((await panelOf(page)).getByTestId("draft-card")).toBeVisible();
  expect(world.auth0.phone.pushes(MAYA)).toEqual([]);
});
