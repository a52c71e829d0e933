import { afterEach, beforeEach, expect, test } from "vitest";
import { browser } from "wxt/browser";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { z } from "zod";

import { onMenuClick } from "./menu.ts";
import { takePending } from "./pending.ts";

const THREAD = "189af729deca2ec0";
const MESSAGE = "19d847db53731d21";
const tab = z.custom<Parameters<typeof onMenuClick>[1]>().parse({ id: 7 });
const item = (menuItemId: string) =>
  z.custom<Parameters<typeof onMenuClick>[0]>().parse({ menuItemId });

const { tabs, action } = browser;
const real = { sendMessage: tabs.sendMessage.bind(tabs), setTitle: action.setTitle.bind(action) };

/** What the content script of the tab answers; "nothing" is a tab that holds none. Gives back what it was asked. */
function gmailSays(answer: object | "nothing"): unknown[] {
  const asked: unknown[] = [];
  const sendMessage = async (_tab: number, message: unknown) => {
    asked.push(message);
    if (answer === "nothing") throw new Error("Receiving end does not exist.");
    const { type } = z.object({ type: z.string() }).parse(message);
    return { ok: true, value: type === "gmail.pointed" ? answer : { open: true } };
  };
  Object.assign(tabs, { sendMessage });
  return asked;
}

beforeEach(() => {
  fakeBrowser.reset();
});
afterEach(() => {
  Object.assign(tabs, { sendMessage: real.sendMessage });
  Object.assign(action, { setTitle: real.setTitle });
  Reflect.deleteProperty(browser, "sidePanel");
});

test("Draft reply leaves the message in the tab's slot and opens the panel", async () => {
  const asked = gmailSays({ threadId: THREAD, messageId: MESSAGE });
  await onMenuClick(item("draft-reply"), tab);
  expect(asked).toEqual([{ type: "gmail.pointed" }, { type: "gmail.panel", show: "open" }]);
  await expect(takePending(7, Date.now())).resolves.toMatchObject({ messageId: MESSAGE });
});

test("what could not be named is said in the panel, not dropped", async () => {
  gmailSays({ threadId: THREAD, unnamed: "folded" });
  await onMenuClick(item("draft-reply"), tab);
  await expect(takePending(7, Date.now())).resolves.toMatchObject({ unnamed: "folded" });
});

test("a tab that is older than the extension is said to need a reload", async () => {
  gmailSays("nothing");
  const titles: unknown[] = [];
  Object.assign(action, { setTitle: async (title: unknown) => titles.push(title) });
  await onMenuClick(item("draft-reply"), tab);
  expect(titles).toMatchObject([{ tabId: 7 }]);
  expect(JSON.stringify(titles)).toContain("Reload the tab");
  await expect(takePending(7, Date.now())).resolves.toBeUndefined();
});

test("the side panel is opened before anything is waited for: a click counts no longer", async () => {
  const asked = gmailSays({});
  const opened: unknown[] = [];
  Object.assign(browser, { sidePanel: { open: async (where: unknown) => opened.push(where) } });
  const done = onMenuClick(item("side-panel"), tab);
  expect(opened).toEqual([{ tabId: 7 }]);
  expect(asked).toEqual([]);
  await done;
  expect(asked).toEqual([{ type: "gmail.panel", show: "close" }]);
});
