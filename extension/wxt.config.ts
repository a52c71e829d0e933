import { defineConfig } from "wxt";

import { hostsOf, readBuildConfig } from "./build-config.ts";
import { manifestOf } from "./manifest.ts";

const config = readBuildConfig(process.env);

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
  manifest: manifestOf(hostsOf(config)),
});
