/**
 * An administrator's policy as Chromium reads it from /etc on Linux: the server that it names is asked, and one that the build may not
 * reach is not. Writes there and takes it away again, so it is not among the tests.
 */
import { access, constants, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "@playwright/test";
import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";
import type { World } from "@vaultdesk/standins/world.ts";

import { type Desk, openDesk, type Phones } from "./src/browser.ts";
import { MAYA, test } from "./src/fixture.ts";
import { openGmail, openPanel } from "./src/journey.ts";
import type { RunningServer } from "./src/server.ts";

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

/** A Chromium whose administrator names this server; skips where the policy can't be written. */
async function withPolicy(
  { world, server, phones }: { world: World; server: RunningServer; phones: Phones },
  serverUrl: string,
  work: (desk: Desk) => Promise<void>,
): Promise<void> {
  test.skip(!(await mayWrite()), `${MANAGED} can't be written here`);
  const policy = { "3rdparty": { extensions: { [EXTENSION_ID]: { serverUrl } } } };
  await writeFile(FILE, JSON.stringify(policy));
  const desk = await openDesk(world, server.url, { phones });
  try {
    await work(desk);
    expect(desk.outside).toEqual([]);
  } finally {
    await desk.close();
    await rm(FILE, { force: true });
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
    await withPolicy({ world, server, phones }, named, async ({ context }) => {
      const panel = await openPanel(context, await openGmail(context));
      await expect(panel.locator("body")).toContainText(said);
    });
  });
}

test("the server that a policy names is the one that is asked", async ({
  world,
  server,
  phones,
}) => {
  const named = "https://localhost:9";
  await withPolicy({ world, server, phones }, named, async ({ context }) => {
    const asked: string[] = [];
    context.on("request", (request) => {
      const { origin, pathname } = new URL(request.url());
      if (pathname.startsWith("/api/")) asked.push(origin);
    });
    const panel = await openPanel(context, await openGmail(context));
    const window = context.waitForEvent("page");
    await panel.getByTestId("signin").click();
    await (await window).locator(`[data-user="${MAYA}"]`).click();
    await expect(panel.getByTestId("gate")).toHaveAttribute("data-state", "unreachable");
    expect(new Set(asked)).toEqual(new Set([named]));
  });
});
