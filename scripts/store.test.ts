/** What the stores are told is true: every permission of the manifest has its reason, and the texts fit the forms. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { hostsOf } from "../extension/build-config.ts";
import { manifestOf } from "../extension/manifest.ts";
import { ROOT } from "./prove/run.ts";

const read = (name: string) => readFileSync(join(ROOT, "docs/store", name), "utf8");
const manifest = manifestOf(
  hostsOf({
    serverUrl: "https://vaultdesk.northgate.example",
    auth0Domain: "northgate.eu.auth0.com",
    auth0ClientId: "abc",
    auth0Audience: "https://api.vaultdesk.app",
  }),
);

test("each entry of the manifest has its reason, and no reason is left over", () => {
  const rows = read("permissions.md").split("\n");
  const asked = rows.flatMap((row) => /^\| (.+?) +\| \w/.exec(row)?.[1] ?? []).slice(1);
  expect(asked).toEqual([
    ...manifest.permissions.map((name) => `\`${name}\``),
    ...manifest.optional_permissions.map((name) => `\`${name}\` (optional)`),
    ...manifest.content_scripts.flatMap(({ matches }) => matches.map((host) => `\`${host}\``)),
    "host of the server",
    "host of the Auth0 tenant",
  ]);
  expect(manifest.host_permissions).toHaveLength(2);
});

/** What stands under a heading. */
function under(text: string, heading: string): string {
  return (text.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "").trim();
}

describe("the texts fit the forms", () => {
  // developer.chrome.com/docs/webstore/cws-dashboard-listing, learn.microsoft.com/microsoft-edge/extensions/publish/publish-extension
  test.each([
    ["Name", 3, 45],
    ["Summary", 20, 132],
    ["Description", 250, 10_000],
    ["Single purpose", 20, 1000],
  ])("%s has %i to %i characters", (heading, least, most) => {
    const { length } = under(read("listing.md"), heading);
    expect(length).toBeGreaterThanOrEqual(least);
    expect(length).toBeLessThanOrEqual(most);
  });
  test("name and summary are the manifest's", () => {
    expect(under(read("listing.md"), "Name")).toBe(manifest.name);
    expect(under(read("listing.md"), "Summary")).toBe(manifest.description);
  });
});
