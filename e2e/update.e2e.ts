/** A newer version comes while somebody works: it waits for what is held, and takes neither the sign-in nor what waits for the phone. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, type Page } from "@playwright/test";

import { deskAt, openExtension, panelOf } from "./src/browser.ts";
import { MAYA, test } from "./src/fixture.ts";
import { decide } from "./src/journey.ts";
import { askPhoneForReply, ready } from "./src/steps.ts";

const NEWER = "9.0.0";
const LATE_MS = 5 * 3_600_000;

/** Where the middle of a thing in VaultDesk's closed shadow root is: the browser's own accessibility tree sees into it. */
async function middleOf(page: Page, name: string): Promise<{ x: number; y: number } | undefined> {
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = await devtools.send("Accessibility.getFullAXTree");
  const node = nodes.find((one) => one.name?.value === name && one.role?.value === "button");
  if (node?.backendDOMNodeId === undefined) return undefined;
  const { backendDOMNodeId: backendNodeId } = node;
  const { model } = await devtools.send("DOM.getBoxModel", { backendNodeId });
  const [x = 0, y = 0] = model.border;
  return { x: x + model.width / 2, y: y + model.height / 2 };
}

test("an update waits for a half-written question, then keeps the sign-in, the place and what waits for the phone", async ({
  world,
  server,
  phones,
}, info) => {
  // A Chromium of its own: its extension is another one afterwards.
  const opened = await openExtension(world.extensionConfig(server.url), world.chromiumFlags);
  const desk = deskAt(opened.context, world, phones);
  try {
    const here = await ready(world, desk);
    const { page, panel } = here;
    const { code } = await askPhoneForReply(world, desk, here);
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    const question = panel.getByTestId("ask");
    await question.fill("half a question");

    const manifest = join(opened.folder, "manifest.json");
    const packed = await readFile(manifest, "utf8");
    await writeFile(manifest, packed.replace(/"version":"[^"]+"/, `"version":"${NEWER}"`));
    const [old] = desk.context.serviceWorkers();
    if (old === undefined) throw new Error("the worker sleeps");
    // As the first version left its storage.
    await old.evaluate(async () => {
      await chrome.storage.local.remove(["panel", "layout"]);
      await chrome.storage.local.set({ panelOpen: true, panelCollapsed: false });
      chrome.runtime.onUpdateAvailable.dispatch({ version: "9.0.0" });
    });
    const alarm = () => old.evaluate(async () => chrome.alarms.get("update"));
    await expect.poll(alarm).toMatchObject({ periodInMinutes: 1 });
    // What was typed holds it however late it is, a panel that is looked at for some hours.
    const held = (late: boolean) =>
      old.evaluate(
        (is) =>
          chrome.runtime.sendMessage({ type: "update.waits", late: is }).catch(() => "silence"),
        late,
      );
    const yes = { ok: true, value: { held: true } };
    expect(await held(true)).toEqual(yes);
    await question.fill("");
    await expect.poll(() => held(true)).not.toEqual(yes);
    expect(await held(false)).toEqual(yes);

    const came = desk.context.waitForEvent("serviceworker");
    await old.evaluate(async (since) => {
      await chrome.storage.session.set({ "update-since": since });
      chrome.alarms.onAlarm.dispatch({ name: "update" });
    }, Date.now() - LATE_MS);
    const worker = await came;
    expect(await worker.evaluate(() => chrome.runtime.getManifest().version)).toBe(NEWER);
    await expect
      .poll(() => worker.evaluate(() => chrome.storage.local.get(null)))
      .toEqual({
        layout: 1,
        panel: "open",
      });
    await expect.poll(() => middleOf(page, "Reload Gmail")).toBeDefined();
    await page.screenshot({ path: info.outputPath("updated.png") });
    expect(errors).toEqual([]);

    const { x, y } = (await middleOf(page, "Reload Gmail")) ?? { x: 0, y: 0 };
    await page.mouse.click(x, y);
    await page.waitForEvent("load");
    const again = await panelOf(page);
    const card = again.getByTestId("approval-card");
    await expect(card.getByTestId("approval-code")).toHaveText(code);
    await expect(card).toHaveAttribute("data-state", "waiting");
    const phone = await desk.openPhone(MAYA);
    await decide(phone, "approve");
    await expect(card).toHaveAttribute("data-state", "executed", { timeout: 20_000 });
    expect(world.google.outbox).toHaveLength(1);
    expect(desk.outside).toEqual([]);
  } finally {
    await desk.close();
    await opened.close();
  }
});
