/** The manifest: what the extension asks of Chrome and nothing more. Each permission is used by the file named beside it. */
import { contentSecurityPolicy, type Hosts } from "./build-config.ts";
import { EXTENSION_KEY } from "./extension-id.ts";

const PERMISSIONS = [
  "storage", // entrypoints/gmail.ts, worker/frames.ts, worker/policy.ts
  "contextMenus", // worker/menu.ts
  "alarms", // worker/badge.ts
  "identity", // worker/launch.ts
  "offscreen", // worker/offscreen.ts
  "sidePanel", // side_panel below
] as const;

const OPTIONAL = ["notifications"] as const; // worker/notify.ts

/** `forStore` leaves out the key: a store gives the id, and refuses a key that is not its own. */
export function manifestOf(hosts: Hosts, { forStore = false } = {}) {
  return {
    name: "VaultDesk",
    description: "An assistant beside your open Gmail thread that cannot act without your phone.",
    ...(forStore ? {} : { key: EXTENSION_KEY }),
    minimum_chrome_version: "124",
    permissions: [...PERMISSIONS],
    optional_permissions: [...OPTIONAL],
    host_permissions: hosts.hostPermissions,
    // What an administrator may set; read by worker/policy.ts.
    storage: { managed_schema: "managed-schema.json" },
    action: { default_title: "VaultDesk" },
    commands: {
      "reach-panel": {
        suggested_key: { default: "Alt+Shift+V" },
        description: "Go to VaultDesk, and from there back to Gmail",
      },
    },
    content_scripts: [
      {
        matches: ["https://mail.google.com/*"],
        js: ["gmail.js"],
        run_at: "document_idle" as const,
      },
    ],
    side_panel: { default_path: "panel.html" },
    web_accessible_resources: [
      { resources: ["panel.html"], matches: ["https://mail.google.com/*"], use_dynamic_url: true },
    ],
    content_security_policy: { extension_pages: contentSecurityPolicy(hosts) },
  };
}
