/**
 * `pnpm extension:zip`: the extension as the Chrome Web Store and Edge take it, the same bytes from every folder, day and time zone.
 * WXT sorts the entries and writes no times; this builds for the deployment of the environment, and says what came out.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { readBuildConfig } from "../extension/build-config.ts";
import extension from "../extension/package.json" with { type: "json" };

const ROOT = resolve(import.meta.dirname, "..");
const EXTENSION = join(ROOT, "extension");

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function configProblem(): string | undefined {
  try {
    const config = readBuildConfig(process.env);
    if (config === undefined) {
      return "set VAULTDESK_SERVER_URL, VAULTDESK_AUTH0_DOMAIN, VAULTDESK_AUTH0_CLIENT_ID and VAULTDESK_AUTH0_AUDIENCE: without them the extension reaches this machine only";
    }
    return new URL(config.serverUrl).protocol === "https:"
      ? undefined
      : "VAULTDESK_SERVER_URL must begin with https://";
  } catch (error) {
    return error instanceof Error ? error.message : "the configuration can't be read";
  }
}

function zip(): number {
  const problem = configProblem();
  if (problem !== undefined) {
    say(`Nothing was built: ${problem}.`);
    return 2;
  }
  const { status, stdout, stderr } = spawnSync(
    join(EXTENSION, "node_modules/.bin/wxt"),
    ["zip", "--level", "warn"],
    {
      cwd: EXTENSION,
      encoding: "utf8",
      env: { ...process.env, NODE_ENV: "production", VAULTDESK_FOR_STORE: "1" },
    },
  );
  if (status !== 0) {
    say(`Nothing was zipped:\n${stdout}${stderr}`);
    return 1;
  }
  const name = `extension/.output/vaultdesk-${extension.version}.zip`;
  const bytes = readFileSync(join(ROOT, name));
  say(name);
  say(`${bytes.length} bytes, sha256 ${createHash("sha256").update(bytes).digest("hex")}`);
  return 0;
}

process.exitCode = zip();
