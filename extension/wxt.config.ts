import { defineConfig } from "wxt";

import { contentSecurityPolicy, hostsOf, readBuildConfig } from "./build-config.ts";
import { EXTENSION_KEY } from "./extension-id.ts";

const config = readBuildConfig(process.env);
const hosts = hostsOf(config);

export default defineConfig({
  srcDir: "src",
  imports: false,
  modules: ["@wxt-dev/module-react"],
  hooks: {
    "build:publicAssets": (_wxt, assets) => {
      if (config === undefined) return;
      assets.push({
        relativeDest: "config.json",
        contents: `${JSON.stringify(config, undefined, 2)}\n`,
      });
    },
  },
  manifest: {
    name: "VaultDesk",
    description: "An assistant beside your open Gmail thread that cannot act without your phone.",
    key: EXTENSION_KEY,
    minimum_chrome_version: "124",
    permissions: ["storage", "contextMenus", "alarms", "identity", "offscreen", "sidePanel"],
    optional_permissions: ["notifications"],
    host_permissions: hosts.hostPermissions,
    action: { default_title: "VaultDesk" },
    side_panel: { default_path: "panel.html" },
    web_accessible_resources: [
      {
        resources: ["panel.html"],
        matches: ["https://mail.google.com/*"],
        use_dynamic_url: true,
      },
    ],
    content_security_policy: { extension_pages: contentSecurityPolicy(hosts) },
  },
});
