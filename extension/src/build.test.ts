import { createHash } from "node:crypto";

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
    expect(contentSecurityPolicy(hosts)).toContain(
      "connect-src 'self' https://vaultdesk.northgate.example:8443 https://northgate.eu.auth0.com;",
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
  test("nothing runs or frames it but itself and Gmail", () => {
    const csp = contentSecurityPolicy(hostsOf(undefined));
    expect(csp).toContain("default-src 'none'; script-src 'self';");
    expect(csp).toContain("frame-ancestors https://mail.google.com");
    expect(csp).not.toContain("unsafe");
  });
});
