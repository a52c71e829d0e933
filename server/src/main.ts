/** Opens the store, builds the tree, listens on loopback unless told otherwise. With `cli.ts`, the only reader of `process.env`. */
import { serve } from "@hono/node-server";

import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { createDeps } from "./deps.ts";
import { createLog, factsOf } from "./observe/log.ts";
import { openStore } from "./store/open.ts";

const log = createLog();
const read = readConfig(process.env);
if (!read.ok) {
  process.stderr.write(
    `VaultDesk can't start:\n${read.problems.map((line) => `  ${line}\n`).join("")}`,
  );
  process.exit(1);
}
const { config } = read;
const db = await openStore(config.databaseFile);
const deps = createDeps(config, db, log);
await deps.runs.recover();
deps.watcher.start();

const server = serve(
  { fetch: createApp(deps).fetch, hostname: config.host, port: config.port },
  (info) => {
    log.info("listening", { host: config.host, port: info.port });
  },
);

async function stop(): Promise<void> {
  server.close();
  if ("closeAllConnections" in server) server.closeAllConnections();
  await deps.watcher.stop();
  await deps.runs.stop();
  await db.destroy();
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
