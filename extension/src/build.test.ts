import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { contentSecurityPolicy, hostsOf, readBuildConfig } from "../build-config.ts";
import { EXTENSION_ID, EXTENSION_KEY, REDIRECT_URI } from "../extension-id.ts";
import { manifestOf } from "../manifest.ts";

const env = {
  VAULTDESK_SERVER_URL: "https://vaultdesk.northgate.example:8443",
  VAULTDESK_AUTH0_DOMAIN: "northgate.eu.auth0.com",
  VAULTDESK_AUTH0_CLIENT_ID: "abc",
  VAULTDESK_AUTH0_AUDIENCE: "https://api.vaultdesk.app",
};

test("the id is the one that Chrome derives from the key", () => {
  const hash = createHash("sha256").update(Buffer.from(EXTENSION_KEY, "base64")).digest("hex");
  const id = hash
    .slice(0, 32)
    .replace(/./g, (digit) => "abcdefghijklmnop".charAt(parseInt(digit, 16)));
  expect(EXTENSION_ID).toBe(id);
  expect(REDIRECT_URI).toBe(`https://${id}.chromiumapp.org/`);
});

test("the manifest asks for these permissions and no others", () => {
  const manifest = manifestOf(hostsOf(undefined));
  expect(manifest.permissions).toEqual([
    "storage",
    "contextMenus",
    "alarms",
    "identity",
    "offscreen",
    "sidePanel",
  ]);
  expect(manifest.optional_permissions).toEqual(["notifications"]);
  expect(manifest.web_accessible_resources).toEqual([
    { resources: ["panel.html"], matches: ["https://mail.google.com/*"], use_dynamic_url: true },
  ]);
  expect(Object.keys(manifest)).not.toContain("externally_connectable");
});

test("a store's manifest is the same but for the key: the store signs with its own", () => {
  const hosts = hostsOf(readBuildConfig(env));
  const { key, ...rest } = manifestOf(hosts);
  expect(key).toBe(EXTENSION_KEY);
  expect(manifestOf(hosts, { forStore: true })).toEqual(rest);
});

/** Namespaces of the browser that need no permission. */
const FREE = new Set(["runtime", "tabs", "action", "commands", "permissions"]);

test("each permission is used, and what is used has its permission", () => {
  const source = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
    .filter((name) => /(?<!\.test)\.tsx?$/.test(name))
    .map((name) => readFileSync(join(import.meta.dirname, name), "utf8"))
    .join("\n");
  const used = new Set([...source.matchAll(/\bbrowser\.([a-z]\w+)/gi)].map(([, name]) => name));
  const needed = [...used].filter((name) => name !== undefined && !FREE.has(name));
  const { permissions, optional_permissions: optional } = manifestOf(hostsOf(undefined));
  expect(new Set(needed)).toEqual(new Set([...permissions, ...optional]));
});

describe("what a build may reach", () => {
  test("exactly the hosts of its configuration", () => {
    const hosts = hostsOf(readBuildConfig(env));
    expect(hosts).toEqual({
      hostPermissions: [
        "https://vaultdesk.northgate.example/*",
        "https://northgate.eu.auth0.com/*",
      ],
      connect: ["https://vaultdesk.northgate.example:8443", "https://northgate.eu.auth0.com"],
    });
    expect(contentSecurityPolicy(hosts)).toBe(
      "default-src 'none'; script-src 'self'; object-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; connect-src 'self' https://vaultdesk.northgate.example:8443 https://northgate.eu.auth0.com; frame-ancestors https://mail.google.com",
    );
  });
  test("this machine only, without one", () => {
    expect(readBuildConfig({})).toBeUndefined();
    expect(hostsOf(undefined).hostPermissions).toEqual([
      "http://127.0.0.1/*",
      "https://localhost/*",
    ]);
  });
  test("half a configuration names what is missing", () => {
    expect(() => readBuildConfig({ ...env, VAULTDESK_AUTH0_DOMAIN: "" })).toThrow(
      "VAULTDESK_AUTH0_DOMAIN",
    );
  });
});
