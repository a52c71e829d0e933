/** Opens the store, builds the tree, listens on loopback unless told otherwise. With `cli.ts`, the only reader of `process.env`. */
import { Server } from "node:http";

import { serve } from "@hono/node-server";

import { createApp } from "./app.ts";
import { type ConfigResult, readConfig } from "./config.ts";
import { createDeps } from "./deps.ts";
import { drain } from "./drain.ts";
import { guard, SOCKET_OPTIONS } from "./edge/sockets.ts";
import { straight } from "./edge/straight.ts";
import { registerGauges } from "./observe/gauges.ts";
import { createLog, factsOf } from "./observe/log.ts";
import { startSeeing } from "./observe/start.ts";
import { recordPolicy } from "./organisation/policy-record.ts";
import { loadEnvFile } from "./secret-files.ts";
import { StoreError } from "./store/error.ts";
import { openStore, type Store } from "./store/open.ts";

/** A store that can't be used is said in words and left as it is. */
function refuseToStart(error: unknown): never {
  if (!(error instanceof StoreError)) throw error;
  process.stderr.write(`VaultDesk can't start:\n  ${error.message}\n`);
  process.exit(1);
}

function opened(): Promise<Store> {
  return openStore(config.store, log).catch(refuseToStart);
}

const unread = loadEnvFile(process.env["VAULTDESK_ENV_FILE"]);
const read: ConfigResult =
  unread === undefined ? readConfig(process.env) : { ok: false, problems: [unread] };
if (!read.ok) {
  process.stderr.write(
    `VaultDesk can't start:\n${read.problems.map((line) => `  ${line}\n`).join("")}`,
  );
  process.exit(1);
}
const { config } = read;
const log = createLog(undefined, undefined, config.logLevel);
const stopSeeing = await startSeeing(config.seeing);
const store = await opened();
const leaving = new AbortController();
const deps = createDeps(config, store, log, leaving.signal);
await deps.keyring.verify().catch(refuseToStart);
if (stopSeeing !== undefined) registerGauges(deps.queue);
await recordPolicy(store.db, config.policy.digest, () => new Date());
deps.runs.watch();
deps.watcher.start();
deps.keeper.start();
deps.watchForgotten();

const listening = serve(
  {
    fetch: straight(createApp(deps)),
    hostname: config.host,
    port: config.port,
    serverOptions: SOCKET_OPTIONS,
  },
  (info) => {
    log.info("listening", { host: config.host, port: info.port });
  },
);

if (!(listening instanceof Server)) throw new Error("HTTP/1 was asked for");
const server: Server = listening;
guard(server);

async function stop(): Promise<void> {
  const inTime = await drain(server, deps, config, () => {
    leaving.abort();
  });
  if (!inTime) log.warn("stopped before all had ended: another process goes on with it", {});
  await deps.keeper.stop();
  await store.close();
  await stopSeeing?.();
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error("could not stop cleanly", factsOf(error));
        process.exit(1);
      },
    );
  });
}
