/**
 * The store for several processes: Postgres through `pg`, announcements by LISTEN/NOTIFY.
 * Source: postgresql.org/docs/current/sql-notify.html (delivered at commit, to every session that listens).
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { parseJson } from "@vaultdesk/shared/json.ts";
import { type Dialect, PostgresDialect, sql } from "kysely";
import { Client, Pool, TypeOverrides, types } from "pg";
import { z } from "zod";

import { factsOf, type Log } from "../observe/log.ts";
import { type Bus, createLocalBus } from "./bus.ts";

const CHANNEL = "vaultdesk";
const CONNECTIONS = 10;
const RECONNECT_MS = 1000;
const INT8_OID = 20;

const Told = z.object({
  from: z.string(),
  topic: z.enum(["conversation", "cancel", "sign_out", "released", "room", "asked"]),
  id: z.string(),
});

export function postgresDialect(url: string, log: Log): Dialect {
  const readers = new TypeOverrides(types);
  // Milliseconds since the epoch and counts fit a double; the driver would hand out strings.
  readers.setTypeParser(INT8_OID, Number);
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: 5000,
    // A statement that a dead server never answers would hold its caller for ever.
    query_timeout: 15_000,
    keepAlive: true,
    types: readers,
  });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on("error", (error) => {
    log.warn("store: a connection broke", factsOf(error));
  });
  // One that breaks between two statements of a transaction has no query to fail: the next statement does.
  pool.on("connect", (client) => {
    client.on("error", () => undefined);
  });
  return new PostgresDialect({ pool });
}

/** Listens on a connection of its own and comes back after a break. */
export function postgresBus(url: string, log: Log): { bus: Bus; close(): Promise<void> } {
  const self = randomUUID();
  const closed = new AbortController();
  const bus = createLocalBus(async (tx, topic, id) => {
    const payload = JSON.stringify({ from: self, topic, id });
    await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(tx);
  });

  function hear(payload: string | undefined): void {
    const told = Told.safeParse(parseJson(payload ?? "{}"));
    if (told.success && told.data.from !== self) bus.announce(told.data.topic, told.data.id);
  }

  async function listen(): Promise<void> {
    const client = new Client({ connectionString: url, keepAlive: true });
    const broke = Promise.withResolvers<undefined>();
    client.on("error", () => {
      broke.resolve(undefined);
    });
    client.on("end", () => {
      broke.resolve(undefined);
    });
    client.on("notification", (message) => {
      hear(message.payload);
    });
    const leave = () => {
      broke.resolve(undefined);
    };
    closed.signal.addEventListener("abort", leave);
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      bus.wakeAll();
      await broke.promise;
    } finally {
      closed.signal.removeEventListener("abort", leave);
      await client.end().catch(() => undefined);
    }
  }

  async function forever(): Promise<void> {
    while (!closed.signal.aborted) {
      try {
        await listen();
      } catch (error) {
        log.warn("store: can't listen for announcements", factsOf(error));
      }
      await sleep(RECONNECT_MS, undefined, { signal: closed.signal }).catch(() => undefined);
    }
  }

  const listening = forever();
  return {
    bus,
    async close() {
      closed.abort();
      await listening;
    },
  };
}
