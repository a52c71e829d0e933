/**
 * Many waiting approvals on Postgres: the server as its own process, or two, against a tenant and a Google in another process.
 *
 *     node e2e/engine/crowd.ts [--waiting 10000] [--processes 1|2] [--seconds 30] [--kill]
 *
 * Every approval is made by the product's own code: a draft in Gmail, a proposal, a push. Then the server starts, and for `seconds` its
 * memory and CPU are read from /proc, the tenant judges the time of each poll, and some people say yes. `--kill` ends the second process
 * half-way with SIGKILL. Prints the figures and exits 0 only if they are within the bounds.
 */
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import tls from "node:tls";
import { parseArgs } from "node:util";

import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";
import { startPostgres } from "@vaultdesk/standins/postgres.ts";

import { startCrowd } from "./crowd-process.ts";
import { seed } from "./seed.ts";
import { startMeasured, usage } from "./usage.ts";

const INTERVAL_SECONDS = 5;
const WARM_MS = 12_000;
const LEASE_SECONDS = 15;

const { values: options } = parseArgs({
  options: {
    waiting: { type: "string", default: "10000" },
    processes: { type: "string", default: "1" },
    seconds: { type: "string", default: "30" },
    kill: { type: "boolean", default: false },
  },
});
const waiting = Number(options.waiting);
const seconds = Number(options.seconds);
const yeses = Math.min(100, Math.floor(waiting / 20));

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const people = Array.from({ length: waiting }, (_, index) => ({
  sub: `google-oauth2|c${index}`,
  email: `c${index}@northgate.example`,
}));

const folder = await mkdtemp(join(tmpdir(), "vaultdesk-crowd-"));
const crowd = await startCrowd(folder, people, INTERVAL_SECONDS);
const certificate = await readFile(crowd.certificateFile, "utf8");
tls.setDefaultCACertificates([...tls.getCACertificates("default"), certificate]);
const postgres = await startPostgres({ durable: true });
const env = {
  ...crowd.env,
  PORT: "0",
  EXTENSION_ID,
  DATABASE_URL: await postgres.database(),
  MASTER_KEY: randomBytes(32).toString("base64"),
  AUTH0_REQUESTS_PER_SECOND: "20000",
  LEASE_SECONDS: String(LEASE_SECONDS),
};

const problems: string[] = [];
function within(what: string, value: number, limit: number, unit: string): void {
  say(`${value <= limit ? "ok" : "FAILED"} ${what}: ${value.toFixed(2)} ${unit} of ${limit}`);
  if (value > limit) problems.push(what);
}

try {
  const began = Date.now();
  await seed(env, people);
  say(`${waiting} approvals wait after ${((Date.now() - began) / 1000).toFixed(0)} s`);
  const servers = Array.from({ length: Number(options.processes) }, () => startMeasured(env));
  await sleep(WARM_MS);
  crowd.tell({ kind: "reset" });
  const before = await Promise.all(servers.map(({ pid }) => usage(pid)));
  const from = Date.now();
  const subs = people.filter((_, index) => index % Math.floor(waiting / yeses) === 0);
  const everyMs = (seconds * 1000 * 0.6) / yeses;
  crowd.tell({ kind: "approve", subs: subs.slice(0, yeses).map(({ sub }) => sub), everyMs });
  if (options.kill) {
    await sleep(seconds * 300);
    servers.pop()?.child.kill("SIGKILL");
    await sleep(seconds * 700);
  } else await sleep(seconds * 1000);
  const after = await Promise.all(servers.map(({ pid }) => usage(pid)));
  const spent = (Date.now() - from) / 1000;
  const last = await crowd.stats();

  const each = after.map(({ cpu }, index) => (cpu - (before[index]?.cpu ?? 0)) / spent);
  say(
    `${(last.polls / spent).toFixed(0)} polls a second of ${(waiting / INTERVAL_SECONDS).toFixed(0)}`,
  );
  say(`cores of each process: ${each.map((cores) => cores.toFixed(2)).join(", ")}`);
  say(`late p50 ${last.late.p50} ms, p99 ${last.late.p99} ms, worst ${last.late.max} ms`);
  within("resident memory", Math.max(...after.map(({ rss }) => rss)) / 1e6, 250, "MB");
  within("early polls", last.early, 0, "polls");
  const sorted = last.delivered.toSorted((a, b) => a - b);
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? Infinity;
  say(`approval to delivered p50 ${sorted[Math.floor(sorted.length / 2)] ?? 0} ms`);
  within("not delivered", yeses - sorted.length, 0, "mails");
  within("delivered that nobody approved", last.outbox - sorted.length, 0, "mails");
  if (options.kill) {
    within("worst lateness, killed", last.late.max / 1000, LEASE_SECONDS + 2, "s");
  } else {
    if (servers.length === 1) within("CPU", each[0] ?? Infinity, 0.5, "cores");
    within("lateness p99", last.late.p99 / 1000, 2, "s");
    within("approval to delivered p95", p95 / 1000, INTERVAL_SECONDS + 0.3, "s");
  }
  for (const { child } of servers) child.kill("SIGKILL");
} finally {
  crowd.close();
  await postgres.close();
  await rm(folder, { recursive: true, force: true });
}
say(problems.length === 0 ? "within every bound" : `out of bounds: ${problems.join(", ")}`);
process.exit(problems.length === 0 ? 0 : 1);
