/**
 * Two clean clones of this commit, in folders of different length, in two time zones and under two masks: the same zip, byte for byte.
 * Prints one line and exits 0 only then. Takes the packages from pnpm's own store, the registry for what is missing there.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PNPM } from "./claim.ts";
import { ROOT } from "./run.ts";

const DEPLOYMENT = {
  VAULTDESK_SERVER_URL: "https://vaultdesk.northgate.example",
  VAULTDESK_AUTH0_DOMAIN: "northgate.eu.auth0.com",
  VAULTDESK_AUTH0_CLIENT_ID: "public-client-id",
  VAULTDESK_AUTH0_AUDIENCE: "https://api.vaultdesk.app",
};

function ask(command: string, cwd: string, env: Readonly<Record<string, string>> = {}): string {
  const done = spawnSync("sh", ["-c", command], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  if (done.status === 0) return done.stdout;
  throw new Error(`${command}: ${done.stdout}${done.stderr}`);
}

function zipOf(clone: string, mask: string, zone: string): string {
  mkdirSync(clone, { recursive: true });
  ask(`git clone --quiet --no-hardlinks "${ROOT}" .`, clone);
  const pnpm = PNPM.join(" ");
  ask(`${pnpm} install --frozen-lockfile --prefer-offline`, clone);
  const said = ask(`umask ${mask} && ${pnpm} extension:zip`, clone, { ...DEPLOYMENT, TZ: zone });
  const hash = /sha256 ([0-9a-f]{64})/.exec(said)?.[1];
  if (hash === undefined) throw new Error(said);
  return hash;
}

const folder = mkdtempSync(join(tmpdir(), "vaultdesk-zip-"));
try {
  const first = zipOf(join(folder, "a"), "022", "UTC");
  const second = zipOf(join(folder, "another folder", "further", "down"), "077", "Asia/Tokyo");
  process.stdout.write(
    `${first === second ? "identical" : "FAILED: they differ"}: ${first} ${second}\n`,
  );
  process.exitCode = first === second ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
