import { defineConfig } from "wxt";

import { hostsOf, readBuildConfig, readPolicyServers } from "./build-config.ts";
import { manifestOf } from "./manifest.ts";

const config = readBuildConfig(process.env);
/** Set by `pnpm extension:zip`, whose build lies beside the one that tests and the demo load. */
const forStore = process.env["VAULTDESK_FOR_STORE"] === "1";

export default defineConfig({
  srcDir: "src",
  imports: false,
  ...(forStore ? { outDirTemplate: "store" } : {}),
  zip: { artifactTemplate: "vaultdesk-{{version}}.zip" },
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
  manifest: manifestOf(hostsOf(config, readPolicyServers(process.env)), { forStore }),
});
