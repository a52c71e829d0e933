/**
 * An administrator's policy as Chromium reads it from /etc on Linux: the server that it names is asked, and one that the build may not
 * reach is not. Writes there and takes it away again, so it is not among the tests.
 */
import { access, constants, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "@playwright/test";
import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";

import { deskAt, openExtension } from "./src/browser.ts";
import { MAYA, test } from "./src/fixture.ts";
import { openGmail, openPanel } from "./src/journey.ts";

const MANAGED = "/etc/chromium/policies/managed";
const FILE = join(MANAGED, "vaultdesk-proof.json");

async function mayWrite(): Promise<boolean> {
  try {
    await mkdir(MANAGED, { recursive: true });
    await access(MANAGED, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

for (const [named, said] of [
  ["https://evil.example", "names evil.example, which this build may not reach"],
  ["http://127.0.0.1:9", "names a server that does not begin with https://"],
] as const) {
  test(`a policy that names ${named} is not followed, and the panel says why`, async ({
    world,
    server,
    phones,
  }) => {
    test.skip(!(await mayWrite()), `${MANAGED} can't be written here`);
    const policy = { "3rdparty": { extensions: { [EXTENSION_ID]: { serverUrl: named } } } };
    await writeFile(FILE, JSON.stringify(policy));
    const opened = await openExtension(world.extensionConfig(server.url), world.chromiumFlags);
    try {
      const desk = deskAt(opened.context, world, phones);
      const panel = await openPanel(desk.context, await openGmail(desk.context));
      await expect(panel.locator("body")).toContainText(said);
      expect(desk.outside).toEqual([]);
    } finally {
      await opened.close();
      await rm(FILE, { force: true });
    }
  });
}

test("the server that a policy names is the one that is asked", async ({
  world,
  server,
  phones,
}) => {
  test.skip(!(await mayWrite()), `${MANAGED} can't be written here`);
  const named = "https://localhost:9";
  const policy = { "3rdparty": { extensions: { [EXTENSION_ID]: { serverUrl: named } } } };
  await writeFile(FILE, JSON.stringify(policy));
  const opened = await openExtension(world.extensionConfig(server.url), world.chromiumFlags);
  try {
    const desk = deskAt(opened.context, world, phones);
    const asked: string[] = [];
    desk.context.on("request", (request) => {
      const { origin, pathname } = new URL(request.url());
      if (pathname.startsWith("/api/")) asked.push(origin);
    });
    const panel = await openPanel(desk.context, await openGmail(desk.context));
    const window = desk.context.waitForEvent("page");
    await panel.getByTestId("signin").click();
    await (await window).locator(`[data-user="${MAYA}"]`).click();
    await expect(panel.getByTestId("gate")).toHaveAttribute("data-state", "unreachable");
    expect(new Set(asked)).toEqual(new Set([named]));
    expect(desk.outside).toEqual([]);
  } finally {
    await opened.close();
    await rm(FILE, { force: true });
  }
});
