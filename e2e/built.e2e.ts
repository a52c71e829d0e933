/** What was built, as a store would get it: the manifest to the letter, no code from elsewhere, and little for Gmail's page. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { expect, test } from "@playwright/test";
import { EXTENSION_KEY } from "@vaultdesk/extension/extension-id.ts";

const BUILT = resolve(import.meta.dirname, "../extension/.output/chrome-mv3");
const GMAIL = ["https://mail.google.com/*"];
const read = (name: string) => readFileSync(join(BUILT, name), "utf8");
const named = (ending: string) =>
  readdirSync(BUILT, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(ending));

test("the manifest is this one", () => {
  expect(JSON.parse(read("manifest.json"))).toEqual({
    manifest_version: 3,
    name: "VaultDesk",
    description: expect.any(String),
    version: expect.any(String),
    key: EXTENSION_KEY,
    minimum_chrome_version: "124",
    icons: expect.any(Object),
    permissions: ["storage", "contextMenus", "alarms", "identity", "offscreen", "sidePanel"],
    optional_permissions: ["notifications"],
    host_permissions: ["http://127.0.0.1/*", "https://localhost/*"],
    storage: { managed_schema: "managed-schema.json" },
    action: { default_title: "VaultDesk" },
    commands: {
      "reach-panel": {
        suggested_key: { default: "Alt+Shift+V" },
        description: expect.any(String),
      },
    },
    background: { type: "module", service_worker: "background.js" },
    content_scripts: [{ matches: GMAIL, js: ["gmail.js"], run_at: "document_idle" }],
    side_panel: { default_path: "panel.html" },
    web_accessible_resources: [
      { resources: ["panel.html"], matches: GMAIL, use_dynamic_url: true },
    ],
    content_security_policy: {
      extension_pages:
        "default-src 'none'; script-src 'self'; object-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; connect-src 'self' http://127.0.0.1:* https://localhost:*; frame-ancestors https://mail.google.com",
    },
  });
});

test("no code comes from elsewhere or is made from text", () => {
  for (const name of named(".html")) {
    const sources = [...read(name).matchAll(/(?:src|href)="([^"]*)"/g)].map(([, source]) => source);
    expect(
      sources.filter((source) => !source?.startsWith("/")),
      name,
    ).toEqual([]);
    expect(read(name), name).not.toMatch(/<script(?![^>]*\bsrc=)/);
  }
  for (const name of named(".js")) {
    // zod asks once whether it could; the policy says no.
    const code = read(name).replace("Function(``)", "");
    expect(code, name).not.toMatch(/\beval\(|\bFunction\(|importScripts|import\(\s*["'`]https?:/);
  }
});

test("Gmail's page is given less than 20 kB", () => {
  expect(Buffer.byteLength(read("gmail.js"))).toBeLessThan(20_000);
});
