/**
 * The product's own tree in this process, on a tenant, a Google and a model in another one that are `latencyMs` away; and the clients that
 * it speaks to them with, bare.
 */
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";

import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";
import { Settings } from "@vaultdesk/shared/settings.ts";

import { BY_HAND } from "../../server/src/actions/standing.ts";
import { toolOf } from "../../server/src/agent/tools/all.ts";
import { NO_TRACKERS } from "../../server/src/agent/tools/room-for-tests.ts";
import type { Room } from "../../server/src/agent/tools/tool.ts";
import { createAuth0Clients } from "../../server/src/auth0/clients.ts";
import { readConfig } from "../../server/src/config.ts";
import { createDeps } from "../../server/src/deps.ts";
import { gmailClient } from "../../server/src/google/call.ts";
import { createLog } from "../../server/src/observe/log.ts";
import { openStore } from "../../server/src/store/open.ts";
import { exchange } from "../../server/src/vault/exchange.ts";
import { startCrowd } from "../engine/crowd-process.ts";
import { letters, MAYA } from "./letters.ts";

export async function startDesk(latencyMs: number) {
  const folder = await mkdtemp(join(tmpdir(), "vaultdesk-bench-"));
  const crowd = await startCrowd(folder, [MAYA], 5, { latencyMs, mail: letters() });
  const certificate = await readFile(crowd.certificateFile, "utf8");
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), certificate]);
  const [bearer = ""] = await crowd.bearers();
  const read = readConfig({
    ...crowd.env,
    EXTENSION_ID,
    DATABASE_FILE: join(folder, "vaultdesk.sqlite"),
    MASTER_KEY: randomBytes(32).toString("base64"),
  });
  if (!read.ok) throw new Error(read.problems.join());
  const { config } = read;
  const log = createLog();
  const store = await openStore(config.store, log);
  const deps = createDeps(config, store, log);
  const principal = { sub: MAYA.sub, bearer, issuedAt: 0, expiresAt: Date.now() + 3_600_000 };
  const caller = deps.agent.callerOf(principal);
  const room: Room = {
    ...caller,
    trackers: NO_TRACKERS,
    now: new Date(),
    timeZone: "UTC",
    seen: () => true,
    provenance: BY_HAND,
    redraft: () => Promise.reject(new Error("no drafts here")),
    settings: () => Promise.resolve(Settings.parse({ voice: true })),
  };
  const auth0 = createAuth0Clients(config);

  return {
    /** A tool as the graph calls it. On a fresh loan unless it is `held`. */
    async tool(name: string, args: object, loan: "fresh" | "held" = "fresh"): Promise<void> {
      if (loan === "fresh") deps.session.broker.forget(MAYA.sub);
      const tool = toolOf(name);
      if (tool?.kind !== "read") throw new Error(`${name} is no tool that reads`);
      const outcome = await tool.run(args, room, new AbortController().signal);
      if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.json)}`);
    },
    /** The vault's round, and a client on what it lent. */
    async bare() {
      const lent = await exchange(auth0.vault, bearer);
      if (!lent.ok) throw new Error(`the vault said ${lent.reason}`);
      return gmailClient(config.gmailRootUrl, lent.token.accessToken).users;
    },
    async close() {
      crowd.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Desk = Awaited<ReturnType<typeof startDesk>>;
