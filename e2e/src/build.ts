/** Builds the extension for loopback, as every test and the demo load it. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const EXTENSION = resolve(import.meta.dirname, "../../extension");

/** Throws with the builder's own words when it fails. */
export function buildExtension(): void {
  const built = spawnSync(resolve(EXTENSION, "node_modules/.bin/wxt"), ["build"], {
    cwd: EXTENSION,
    encoding: "utf8",
    // The test runner's mode would leak into the production build.
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (built.error !== undefined) throw built.error;
  if (built.status !== 0)
    throw new Error(`the extension did not build:\n${built.stdout}${built.stderr}`);
}
