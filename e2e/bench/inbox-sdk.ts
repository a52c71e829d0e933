/**
 * An extension that loads @inboxsdk/core as its documentation says, built as its users build it: the script in Gmail's page, minified, the
 * one that it puts into Gmail's own world, and the background that does so. It marks the page when it runs, and when it has come up.
 */
import { mkdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "vite";

const SDK = dirname(fileURLToPath(import.meta.resolve("@inboxsdk/core")));
const MANIFEST = {
  manifest_version: 3,
  name: "InboxSDK",
  version: "1",
  permissions: ["scripting"],
  host_permissions: ["https://mail.google.com/*"],
  background: { service_worker: "background.js" },
  content_scripts: [{ matches: ["https://mail.google.com/*"], js: ["content.js"] }],
};
const CONTENT = `import * as InboxSDK from ${JSON.stringify(join(SDK, "inboxsdk.js"))};
  document.documentElement.dataset.sdk = "runs";
  InboxSDK.load(2, "sdk_bench_0000000000").then(() => {
    document.documentElement.dataset.sdk = "up";
  });`;

/** Into this folder. Answers with the bytes of what runs in Gmail's page. */
export async function buildInboxSdk(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const content = join(folder, "entry.js");
  await writeFile(content, CONTENT);
  await writeFile(join(folder, "manifest.json"), JSON.stringify(MANIFEST));
  const entries = {
    content,
    pageWorld: join(SDK, "pageWorld.js"),
    background: join(SDK, "background.js"),
  };
  for (const [name, entry] of Object.entries(entries)) {
    await build({
      configFile: false,
      logLevel: "silent",
      build: {
        outDir: folder,
        emptyOutDir: false,
        lib: { entry, formats: ["iife"], name, fileName: () => `${name}.js` },
      },
    });
  }
  const inPage = ["content.js", "pageWorld.js"].map((name) => stat(join(folder, name)));
  return (await Promise.all(inPage)).reduce((sum, { size }) => sum + size, 0);
}
