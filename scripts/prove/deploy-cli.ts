/**
 * Shows that `deploy/auth0` and `setup auth0` make the same tenant: imports the folder into a new stand-in tenant with Auth0's own
 * auth0-deploy-cli, then asks set-up what it would change. The tool is not a part of this repository:
 *
 *   npm install --prefix DIR auth0-deploy-cli@8.44.0 && node scripts/prove/deploy-cli.ts DIR
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { setupAuth0 } from "../../server/src/tenant/setup-command.ts";
import { EXTENSION_ID, startTenant } from "../../standins/src/auth0/testing.ts";
import { ROOT } from "./run.ts";

const google = {
  GOOGLE_CLIENT_ID: "1.apps.googleusercontent.com",
  GOOGLE_CLIENT_SECRET: "google-secret-google-secret",
};
const CLI = "node_modules/auth0-deploy-cli/lib/index.js";

const [, , folder = "."] = process.argv;
const { auth0 } = await startTenant({ tenant: "empty" });
auth0.dashboard.activateMyAccount();
const room = await mkdtemp(join(tmpdir(), "vaultdesk-deploy-"));
const config = join(room, "config.json");
await writeFile(
  config,
  JSON.stringify({
    AUTH0_DOMAIN: auth0.domain,
    AUTH0_CLIENT_ID: auth0.management.clientId,
    AUTH0_CLIENT_SECRET: auth0.management.clientSecret,
    AUTH0_ALLOW_DELETE: false,
    AUTH0_KEYWORD_REPLACE_MAPPINGS: {
      AUTH0_DOMAIN: auth0.domain,
      API_AUDIENCE: "https://api.vaultdesk.app",
      EXTENSION_ID,
      ...google,
    },
  }),
);
const tool = spawn(
  process.execPath,
  [join(folder, CLI), "import", "-c", config, "-i", join(ROOT, "deploy/auth0/tenant.yaml")],
  // The stand-in's certificate is its own.
  { stdio: "inherit", env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: "0" } },
);
await once(tool, "exit");
const { exit, answer = [] } = await setupAuth0(["--dry-run"], {
  out: process.stdout,
  env: {
    AUTH0_DOMAIN: auth0.domain,
    EXTENSION_ID,
    AUTH0_MANAGEMENT_CLIENT_ID: auth0.management.clientId,
    AUTH0_MANAGEMENT_CLIENT_SECRET: auth0.management.clientSecret,
    ...google,
  },
});
process.stdout.write(`${answer.join("\n")}\n`);
await auth0.close();
await rm(room, { recursive: true });
process.exitCode = tool.exitCode === 0 ? exit : 1;
