/** What is outside the product, in a process of its own: the tenant, Google and the model. What a server needs to know of it, and the clients that it speaks to them with, bare. */
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";

import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";

import { createAuth0Clients } from "../../server/src/auth0/clients.ts";
import { readConfig } from "../../server/src/config.ts";
import { gmailClient } from "../../server/src/google/call.ts";
import { exchange } from "../../server/src/vault/exchange.ts";
import { type Person, startCrowd } from "../engine/crowd-process.ts";

/** `settings`: keys of the server's environment. */
export async function startOutside(
  people: readonly Person[],
  {
    intervalSeconds = 5,
    settings = {},
    ...more
  }: {
    intervalSeconds?: number;
    latencyMs?: number;
    deltaMs?: number;
    mail?: readonly string[];
    settings?: Readonly<Record<string, string>>;
  },
) {
  const folder = await mkdtemp(join(tmpdir(), "vaultdesk-bench-"));
  const crowd = await startCrowd(folder, people, intervalSeconds, more);
  const certificate = await readFile(crowd.certificateFile, "utf8");
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), certificate]);
  const env: Record<string, string> = {
    ...crowd.env,
    // A key: what signs with AWS's chain reads this process's environment.
    AWS_BEARER_TOKEN_BEDROCK: "api-key",
    PORT: "0",
    EXTENSION_ID,
    MASTER_KEY: randomBytes(32).toString("base64"),
    ...("DATABASE_URL" in settings ? {} : { DATABASE_FILE: join(folder, "vaultdesk.sqlite") }),
    ...settings,
  };
  const read = readConfig(env);
  if (!read.ok) throw new Error(read.problems.join());
  const { config } = read;
  const auth0 = createAuth0Clients(config);

  return {
    crowd,
    /** Is removed with it. */
    folder,
    env,
    config,
    /** The vault's round, and a client on what it lent. */
    async gmail(bearer: string) {
      const lent = await exchange(auth0.vault, bearer);
      if (!lent.ok) throw new Error(`the vault said ${lent.reason}`);
      return gmailClient(config.gmailRootUrl, lent.token.accessToken);
    },
    async close() {
      crowd.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
