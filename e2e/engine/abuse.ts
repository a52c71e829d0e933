/**
 * People at work beside people who are up to no good, on one server process: the same load first without, then with them.
 *
 *     node e2e/engine/abuse.ts [--people 200] [--streams 5] [--every 40] [--quiet 40] [--abuse 130]
 *
 * Each person asks a question every so many seconds and has the conversation open in several panels. Then one person asks ten times as
 * often as they may, by every kind of route, and three open all the streams they may have on a conversation of 23 MB and read none of it.
 * The others' p95 must stay within twice what it was, memory must be bounded, slow readers must be cut off and get the rest when they
 * come back, and no stream may miss or repeat an event. Exits 0 only if all of it holds.
 */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";
import { EVENTS_PATH, routes } from "@vaultdesk/shared/api.ts";

import { RATES, STREAMS_OPEN } from "../../server/src/edge/limits.ts";
import { listening } from "../src/server.ts";
import { createChatter } from "./chatter.ts";
import { startCrowd } from "./crowd-process.ts";
import { type Aimed, BIG_EVENTS, bigConversation, flood, slowReader } from "./mischief.ts";
import { startMeasured, usage } from "./usage.ts";

const MEMORY_MB = 512;
const SLOW_READERS = 3;
const TOO_OFTEN = 10;

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "200" },
    streams: { type: "string", default: "5" },
    every: { type: "string", default: "40" },
    quiet: { type: "string", default: "40" },
    abuse: { type: "string", default: "130" },
  },
});
const count = Number(values.people);
const streams = Number(values.streams);
const everyMs = Number(values.every) * 1000;
const quiet = Number(values.quiet);
const abuse = Number(values.abuse);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
const problems: string[] = [];
function within(what: string, value: number, limit: number, unit: string): void {
  const ok = value <= limit;
  say(`${ok ? "ok" : "FAILED"} ${what}: ${value.toFixed(2)} ${unit} of ${limit}`);
  if (!ok) problems.push(what);
}

const names = [
  ...Array.from({ length: count }, (_, index) => `a${index}`),
  "flood",
  ...Array.from({ length: SLOW_READERS }, (_, index) => `slow${index}`),
];
const people = names.map((name) => ({
  sub: `google-oauth2|${name}`,
  email: `${name}@northgate.example`,
}));

const folder = await mkdtemp(join(tmpdir(), "vaultdesk-abuse-"));
const crowd = await startCrowd(folder, people, 5);
const tokens = await crowd.bearers();

const lines: string[] = [];
const server = startMeasured(
  {
    ...crowd.env,
    PORT: "0",
    EXTENSION_ID,
    DATABASE_FILE: join(folder, "vaultdesk.sqlite"),
    MASTER_KEY: randomBytes(32).toString("base64"),
  },
  "pipe",
);
const url = await listening(server.child, lines);
const chatters = tokens.slice(0, count).map((token) => createChatter(token, url));
const [floodToken = "", ...slowTokens] = tokens.slice(count);

interface Measured {
  taken: number[];
  listed: number[];
  answered: number[];
}
function p95(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length * 0.95)] ?? Infinity;
}

let largest = 0;
let unanswered = 0;
/** Everybody chats for so long, each at a time of their own. */
async function phase(seconds: number): Promise<Measured> {
  const measured: Measured = { taken: [], listed: [], answered: [] };
  const until = Date.now() + seconds * 1000;
  const before = await usage(server.pid);
  // What is late here is not the server's doing.
  const own = monitorEventLoopDelay({ resolution: 1 });
  own.enable();
  const watch = setInterval(() => {
    usage(server.pid).then(
      ({ rss }) => (largest = Math.max(largest, rss)),
      () => undefined,
    );
  }, 500);
  await Promise.all(
    chatters.map(async (chatter, index) => {
      await sleep((everyMs * index) / chatters.length);
      while (Date.now() < until) {
        const next = sleep(everyMs);
        try {
          const { taken, listed, answered } = await chatter.ask();
          measured.taken.push(taken);
          measured.listed.push(listed);
          measured.answered.push(answered);
        } catch {
          unanswered += 1;
        }
        if (Date.now() + everyMs < until) await next;
        else break;
      }
    }),
  );
  clearInterval(watch);
  own.disable();
  const { cpu } = await usage(server.pid);
  say(
    `${measured.taken.length} questions in ${seconds} s, ${((cpu - before.cpu) / seconds).toFixed(2)} cores; the load's own loop p95 ${(own.percentile(95) / 1e6).toFixed(1)} ms`,
  );
  return measured;
}

try {
  for (const chatter of chatters) await chatter.ask();
  for (const chatter of chatters) chatter.open(streams);
  await sleep(5000);
  say(`${count} people, ${chatters.length * streams} streams open`);
  const without = await phase(quiet);

  const big = await Promise.all(slowTokens.map((token) => bigConversation({ url, token })));
  say(`${SLOW_READERS} conversations of ${BIG_EVENTS} large events are there`);
  const stop = new AbortController();
  const slow = slowTokens.flatMap((token, index) =>
    Array.from({ length: STREAMS_OPEN }, () => slowReader({ url, token }, big[index] ?? "")),
  );
  const absent = EVENTS_PATH.replace(":id", `con_${"0".repeat(32)}`);
  const question = { text: "x".repeat(15_000), timeZone: "UTC" };
  const often = (
    { method, path }: Pick<Aimed, "method" | "path">,
    { perSecond }: { perSecond: number },
    body?: object,
  ): Aimed => ({ method, path, perSecond: perSecond * TOO_OFTEN, body });
  const floods = [
    often(routes.approvals, RATES.read),
    often(routes.changeSettings, RATES.write, { voice: true }),
    often(routes.startRun, RATES.ask, question),
    often({ method: "GET", path: absent }, RATES.stream),
  ].map((aimed) => flood({ url, token: floodToken }, aimed, stop.signal));
  const beside = await phase(abuse);
  stop.abort();
  const ends = await Promise.all(slow);
  const answers = await Promise.all(floods);
  say(
    `the flood was answered ${answers.map((one) => JSON.stringify(Object.fromEntries(one))).join(" ")}`,
  );
  await sleep(5000);

  for (const what of ["taken", "listed", "answered"] as const) {
    const [before, after] = [p95(without[what]), p95(beside[what])];
    say(`${what} p95: ${before.toFixed(0)} ms, beside the abuse ${after.toFixed(0)} ms`);
    within(`${what}, others' p95 over the quiet one`, after / before, 2, "times");
  }
  within("questions of the others that were not answered", unanswered, 0, "questions");
  within("resident memory", largest / 1e6, MEMORY_MB, "MB");
  within(
    "slow readers that were not cut off",
    ends.filter((one) => one === "not cut").length,
    0,
    "streams",
  );
  within(
    "slow readers that lost events",
    ends.filter((one) => one === "lost").length,
    0,
    "streams",
  );
  const faults = chatters.flatMap((chatter) => chatter.faults());
  for (const fault of faults.slice(0, 5)) say(fault);
  within("streams that missed or repeated an event", faults.length, 0, "streams");
  const refused = answers.map(
    (one) => (one.get(429) ?? 0) / [...one.values()].reduce((sum, n) => sum + n, 0),
  );
  within("of the flood let in by a route", 1 - Math.min(...refused), 0.35, "of all");
} finally {
  for (const chatter of chatters) chatter.stop();
  server.child.kill("SIGKILL");
  crowd.close();
  await rm(folder, { recursive: true, force: true });
}
for (const line of lines.filter((one) => one.includes('"error"')).slice(0, 5)) say(line);
say(problems.length === 0 ? "within every bound" : `out of bounds: ${problems.join(", ")}`);
process.exit(problems.length === 0 ? 0 : 1);
