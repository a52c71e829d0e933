import { beforeEach, expect, test } from "vitest";
import { browser } from "wxt/browser";
import { fakeBrowser } from "wxt/testing/fake-browser";

import { relayStorage } from "./layout.ts";

beforeEach(() => {
  fakeBrowser.reset();
});

async function after(before: Record<string, unknown>): Promise<Record<string, unknown>> {
  await browser.storage.local.set(before);
  await relayStorage();
  return browser.storage.local.get(null);
}

const others = { theme: "dark", panelWidth: 420, "audit-seen/google-oauth2|1": { head: 7 } };

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ["nothing", {}, { layout: 1 }],
  ["a panel that was open", { panelOpen: true }, { panel: "open", layout: 1 }],
  [
    "one that was collapsed",
    { panelOpen: true, panelCollapsed: true },
    { panel: "collapsed", layout: 1 },
  ],
  ["one that was closed", { panelOpen: false, panelCollapsed: true }, { layout: 1 }],
  ["nonsense", { panelOpen: "yes", layout: "x" }, { layout: 1 }],
  ["this layout", { panel: "open", layout: 1 }, { panel: "open", layout: 1 }],
  [
    "a newer one, after somebody went back",
    { panelOpen: true, layout: 9 },
    { panelOpen: true, layout: 9 },
  ],
])("%s", async (_name, before, wanted) => {
  await expect(after({ ...before, ...others })).resolves.toEqual({ ...wanted, ...others });
});

test("run twice it changes nothing", async () => {
  const once = await after({ panelOpen: true, ...others });
  await expect(after({})).resolves.toEqual(once);
});
