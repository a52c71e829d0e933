/**
 * A rolling restart under load: two server processes on one Postgres behind a round-robin, people who ask and read, approvals that wait.
 *
 *     node e2e/engine/rolling.ts [--people 50] [--every 20]
 *
 * Each person has a mail that waits for their phone, two panels open, and asks a question every so many seconds; phones say yes all the
 * while. One process is told to leave and a new one started in its place, then the other. The panels call and follow with the extension's
 * own clients, which retry as they do there. Exits 0 only if no panel saw a failed request or a broken run, no stream lost an event, each
 * approved mail was sent once, and each process ended cleanly in its time.
 */
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import tls from "node:tls";
import { parseArgs } from "node:util";

import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";
import { routes } from "@vaultdesk/shared/api.ts";
import type { ConversationId } from "@vaultdesk/shared/id.ts";
import { startPostgres } from "@vaultdesk/standins/postgres.ts";

import { createCall, type Wire } from "../../extension/src/api/call.ts";
import { conversationNews } from "../../extension/src/api/stream.ts";
import { listening } from "../src/server.ts";
import { startCrowd } from "./crowd-process.ts";
import { startRoundRobin } from "./round-robin.ts";
import { seed } from "./seed.ts";
import { startMeasured, usage } from "./usage.ts";

const PANELS = 2;
const LINGER_SECONDS = 1;
const DRAIN_SECONDS = 8;
const CALM_MS = 8000;
const SETTLED_MS = 60_000;

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "50" },
    every: { type: "string", default: "20" },
  },
});
const crowded = Number(values.people);
const everyMs = Number(values.every) * 1000;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
const problems: string[] = [];
function within(what: string, value: number, limit: number, unit: string): void {
  say(`${value <= limit ? "ok" : "FAILED"} ${what}: ${value} ${unit} of ${limit}`);
  if (value > limit) problems.push(what);
}

const people = Array.from({ length: crowded }, (_, index) => ({
  sub: `google-oauth2|r${index}`,
  email: `r${index}@northgate.example`,
}));
const folder = await mkdtemp(join(tmpdir(), "vaultdesk-rolling-"));
const crowd = await startCrowd(folder, people, 2);
tls.setDefaultCACertificates([
  ...tls.getCACertificates("default"),
  await readFile(crowd.certificateFile, "utf8"),
]);
const postgres = await startPostgres({ durable: true });
const balancer = await startRoundRobin();
const env = {
  ...crowd.env,
  PORT: "0",
  EXTENSION_ID,
  DATABASE_URL: await postgres.database(),
  MASTER_KEY: randomBytes(32).toString("base64"),
  AUTH0_REQUESTS_PER_SECOND: "1000",
  LINGER_SECONDS: String(LINGER_SECONDS),
  DRAIN_SECONDS: String(DRAIN_SECONDS),
};

const lines: string[] = [];
const started: ChildProcess[] = [];
async function startOne() {
  const { child, pid } = startMeasured(env, "pipe");
  started.push(child);
  const url = await listening(child, lines);
  balancer.add(url);
  while (!balancer.ready(url)) await sleep(50);
  return { child, pid, url, began: (await usage(pid)).cpu };
}
type Running = Awaited<ReturnType<typeof startOne>>;

/** CPU seconds of all processes since each was ready. */
let spent = 0;
async function count({ pid, began }: Running): Promise<void> {
  spent += (await usage(pid)).cpu - began;
}

async function endOne(one: Running): Promise<void> {
  const { child, url } = one;
  await count(one);
  const from = performance.now();
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
  balancer.remove(url);
  const seconds = (performance.now() - from) / 1000;
  say(`ended with ${child.exitCode} after ${seconds.toFixed(1)} s`);
  within("end of a process", Number(seconds.toFixed(1)), LINGER_SECONDS + DRAIN_SECONDS + 0.5, "s");
  if (child.exitCode !== 0) problems.push("exit code");
}

interface Read {
  last: number;
}
const broken: string[] = [];
const failures: string[] = [];
let calls = 0;
let runs = 0;
const done = new AbortController();
const ended = new AbortController();

/** One panel's stream, to the end of the proof. */
async function follow(wire: Wire, conversationId: ConversationId, read: Read): Promise<void> {
  const options = { conversationId, after: 0, onAsked: () => undefined, signal: ended.signal };
  for await (const news of conversationNews(wire, options)) {
    if (news.type === "refused") failures.push(`stream: ${news.failure.reason}`);
    if (news.type !== "event") continue;
    read.last = news.event.seq;
    const { body } = news.event;
    if (body.type === "run.ended" && body.outcome !== "answered") {
      broken.push(`${body.runId} ${body.outcome} ${body.problem?.code ?? ""}`);
    }
  }
}

async function live(token: string, delayMs: number) {
  const wire: Wire = {
    serverUrl: balancer.url,
    token: () => Promise.resolve({ state: "signed_in", token }),
  };
  const call = createCall(wire);
  const reads = Array.from({ length: PANELS }, (): Read => ({ last: 0 }));
  let conversationId: ConversationId | undefined;
  await sleep(delayMs);
  while (!done.signal.aborted) {
    const next = sleep(everyMs, undefined, { signal: done.signal }).catch(() => undefined);
    const body = { text: "What is open?", timeZone: "UTC", conversationId };
    const asked = await call(routes.startRun, {}, body);
    const listed = await call(routes.approvals);
    calls += 2;
    for (const reply of [asked, listed]) {
      if (!reply.ok) failures.push(JSON.stringify(reply.failure));
    }
    if (asked.ok) runs += 1;
    if (asked.ok && conversationId === undefined) {
      const own = (conversationId = asked.value.conversationId);
      for (const read of reads) follow(wire, own, read).catch(() => failures.push("stream broke"));
    }
    await next;
  }
  await sleep(CALM_MS);
  /** What was in the middle when its process ended is settled after a lease. */
  const until = Date.now() + SETTLED_MS;
  for (;;) {
    const listed = await call(routes.approvals);
    const [approval] = listed.ok ? listed.value.approvals : [];
    const outcome = approval?.items[0]?.outcome;
    if (outcome?.state === "sent") return { reads, mail: outcome.messageId };
    if (Date.now() > until) return { reads, mail: undefined };
    await sleep(1000);
  }
}

try {
  await seed(env, people);
  const first = [await startOne(), await startOne()];
  const tokens = await crowd.bearers();
  const lives = tokens.map((token, index) => live(token, (everyMs * index) / crowded));
  await sleep(everyMs + 2000);
  say(`${crowded} people, ${crowded * PANELS} streams, ${crowded} approvals wait`);
  crowd.tell({ kind: "approve", subs: people.map(({ sub }) => sub), everyMs: 25_000 / crowded });
  const second: Running[] = [];
  for (const old of first) {
    await endOne(old);
    second.push(await startOne());
    await sleep(2000);
  }
  await sleep(CALM_MS);
  done.abort();
  const lived = await Promise.all(lives);
  const reads = lived.map((one) => one.reads);
  const mails = new Set(lived.flatMap(({ mail }) => mail ?? []));
  const { outbox } = await crowd.stats();
  ended.abort();

  for (const one of second) await count(one);
  say(`${calls} calls, ${runs} runs, ${((spent / runs) * 1000).toFixed(0)} ms of CPU a run`);
  for (const failure of failures.slice(0, 5)) say(failure);
  within("failed requests that a panel saw", failures.length, 0, "requests");
  const unanswered = new Set(broken);
  for (const run of [...unanswered].slice(0, 5)) say(run);
  within("runs that were not answered", unanswered.size, 0, "runs");
  const apart = reads.filter((own) => new Set(own.map(({ last }) => last)).size > 1).length;
  const silent = reads.flat().filter(({ last }) => last === 0).length;
  within("people whose streams lost an event", apart + silent, 0, "people");
  within("approved mails that were not sent", crowded - mails.size, 0, "mails");
  within("mails that were sent twice, or that nobody approved", outbox - mails.size, 0, "mails");
} finally {
  ended.abort();
  for (const child of started) child.kill("SIGKILL");
  balancer.close();
  crowd.close();
  await postgres.close();
  await rm(folder, { recursive: true, force: true });
}
for (const line of lines.filter((one) => /"level":"(?:error|warn)"/.test(one)).slice(0, 5))
  say(line);
say(problems.length === 0 ? "within every bound" : `out of bounds: ${problems.join(", ")}`);
process.exit(problems.length === 0 ? 0 : 1);
