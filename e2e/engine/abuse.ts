/**
 * People at work beside people who are up to no good, on one server process: the same load first without, then with them.
 *
 *     node e2e/engine/abuse.ts [--people 200] [--streams 5] [--every 20] [--quiet 30] [--abuse 75]
 *
 * Each person asks a question every so many seconds and has the conversation open in several panels. Then one person asks ten times as
 * often as they may, by every kind of route, and three open all the streams they may have on a conversation of 12 MB and read none of it.
 * The others' p95 must stay within twice what it was, memory must be bounded, slow readers must be cut off and get the rest when they
 * come back, and no stream may miss or repeat an event. Exits 0 only if all of it holds.
 */
import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";
import { EVENTS_PATH, routes } from "@vaultdesk/shared/api.ts";
import { FromCrowd, type ToCrowd } from "@vaultdesk/standins/crowd/messages.ts";

import { RATES, STREAMS_OPEN } from "../../server/src/edge/limits.ts";
import { listening } from "../src/server.ts";
import { createChatter } from "./chatter.ts";
import { startMeasured, usage } from "./usage.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const MEMORY_MB = 512;
const SLOW_READERS = 3;
const BIG_EVENTS = 60;

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "200" },
    streams: { type: "string", default: "5" },
    every: { type: "string", default: "20" },
    quiet: { type: "string", default: "30" },
    abuse: { type: "string", default: "75" },
  },
});
const [count, streams, every, quiet, abuse] = [
  values.people,
  values.streams,
  values.every,
  values.quiet,
  values.abuse,
].map(Number);

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
  ...Array.from({ length: count ?? 0 }, (_, index) => `a${index}`),
  "flood",
  ...Array.from({ length: SLOW_READERS }, (_, index) => `slow${index}`),
];
const people = names.map((name) => ({
  sub: `google-oauth2|${name}`,
  email: `${name}@northgate.example`,
}));

const folder = await mkdtemp(join(tmpdir(), "vaultdesk-abuse-"));
const setupFile = join(folder, "setup.json");
const certificateFile = join(folder, "certificate.pem");
await writeFile(setupFile, JSON.stringify({ people, intervalSeconds: 5, certificateFile }));
const crowd = fork(resolve(ROOT, "standins/src/crowd/main.ts"), [setupFile]);

async function heard<K extends FromCrowd["kind"]>(
  kind: K,
): Promise<Extract<FromCrowd, { kind: K }>> {
  for (;;) {
    const [message]: unknown[] = await once(crowd, "message");
    const said = FromCrowd.parse(message);
    if (isKind(said, kind)) return said;
  }
}
function isKind<K extends FromCrowd["kind"]>(
  said: FromCrowd,
  kind: K,
): said is Extract<FromCrowd, { kind: K }> {
  return said.kind === kind;
}

const { env } = await heard("ready");
const wanted: ToCrowd = { kind: "bearers", subs: people.map(({ sub }) => sub) };
const told = heard("bearers");
crowd.send(wanted);
const { tokens } = await told;

const lines: string[] = [];
const server = startMeasured(
  {
    ...env,
    PORT: "0",
    EXTENSION_ID,
    BEDROCK_REGION: "eu-central-1",
    BEDROCK_MODEL_ID: "amazon.nova-lite-v1:0",
    AWS_ACCESS_KEY_ID: "AKIASTANDIN000000000",
    AWS_SECRET_ACCESS_KEY: "stand-in-secret-access-key-0000000000000",
    DATABASE_FILE: join(folder, "vaultdesk.sqlite"),
    MASTER_KEY: randomBytes(32).toString("base64"),
    NODE_EXTRA_CA_CERTS: certificateFile,
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
/** Everybody chats for so long, each at a time of their own. */
async function phase(seconds: number): Promise<Measured> {
  const measured: Measured = { taken: [], listed: [], answered: [] };
  const until = Date.now() + seconds * 1000;
  const before = await usage(server.pid);
  const watch = setInterval(() => {
    usage(server.pid).then(
      ({ rss }) => (largest = Math.max(largest, rss)),
      () => undefined,
    );
  }, 500);
  await Promise.all(
    chatters.map(async (chatter, index) => {
      await sleep(((every ?? 0) * 1000 * index) / chatters.length);
      while (Date.now() < until) {
        const next = sleep((every ?? 0) * 1000);
        const { taken, listed, answered } = await chatter.ask();
        measured.taken.push(taken);
        measured.listed.push(listed);
        measured.answered.push(answered);
        if (Date.now() + (every ?? 0) * 1000 < until) await next;
        else break;
      }
    }),
  );
  clearInterval(watch);
  const { cpu } = await usage(server.pid);
  say(
    `${measured.taken.length} questions in ${seconds} s, ${((cpu - before.cpu) / seconds).toFixed(2)} cores`,
  );
  return measured;
}

/** As a browser or a proxy would: a few dozen connections that are kept, whatever is asked over them. */
const agent = new Agent({ keepAlive: true, maxSockets: 50 });

/** One request of the flood; its status, 0 when there was no answer. */
function floodOnce(method: string, path: string, body: object | undefined): Promise<number> {
  return new Promise((answered) => {
    const headers = {
      authorization: `Bearer ${floodToken}`,
      "content-type": "application/json",
    };
    const asked = request(new URL(path, url), { method, headers, agent }, (response) => {
      response.resume();
      response.once("close", () => {
        answered(response.statusCode ?? 0);
      });
    });
    asked.once("error", () => {
      answered(0);
    });
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Asks so many times a second by this route until told to stop; how it was answered, by status. */
async function flood(
  method: string,
  path: string,
  perSecond: number,
  body: object | undefined,
  signal: AbortSignal,
): Promise<Map<number, number>> {
  const answers = new Map<number, number>();
  while (!signal.aborted) {
    const next = sleep(100);
    for (let burst = 0; burst < perSecond / 10; burst += 1) {
      floodOnce(method, path, body).then(
        (status) => answers.set(status, (answers.get(status) ?? 0) + 1),
        () => undefined,
      );
    }
    await next;
  }
  return answers;
}

/** A conversation of a slow reader: its question is long, and its events are large. */
async function bigConversation(token: string): Promise<string> {
  let conversationId: string | undefined;
  for (let at = 0; at < BIG_EVENTS; at += 1) {
    const response = await fetch(new URL(routes.compose.path, url), {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({
        to: ["ana@helio.example"],
        subject: `Papers ${at}`,
        text: "x".repeat(190_000),
        ...(conversationId === undefined ? {} : { conversationId }),
      }),
    });
    if (response.status === 429) {
      await sleep(1000);
      at -= 1;
      continue;
    }
    ({ conversationId } = routes.compose.reply.parse(await response.json()));
  }
  return conversationId ?? "";
}

/** Reads nothing until it is cut off, then all of it from the event after `7`. */
async function slowReader(
  token: string,
  conversationId: string,
): Promise<"cut" | "not cut" | "lost"> {
  const path = EVENTS_PATH.replace(":id", conversationId);
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await sleep(60_000);
  let got = 0;
  socket.on("data", (bytes) => (got += bytes.length));
  const closed = await Promise.race([once(socket, "close").then(() => true), sleep(10_000, false)]);
  socket.destroy();
  if (!closed || got > BIG_EVENTS * 190_000) return "not cut";
  const stop = new AbortController();
  const response = await fetch(new URL(path, url), {
    headers: { authorization: `Bearer ${token}`, "last-event-id": "7" },
    signal: AbortSignal.any([stop.signal, AbortSignal.timeout(20_000)]),
  });
  const seqs: number[] = [];
  let rest = "";
  try {
    for await (const chunk of response.body ?? []) {
      const parts = (rest + Buffer.from(chunk).toString()).split("\n");
      rest = parts.pop() ?? "";
      for (const line of parts) if (line.startsWith("id: ")) seqs.push(Number(line.slice(4)));
      if (seqs.at(-1) === BIG_EVENTS) break;
    }
  } catch {
    // Judged below.
  }
  stop.abort();
  return seqs.length === BIG_EVENTS - 7 && seqs.every((seq, at) => seq === at + 8) ? "cut" : "lost";
}

try {
  for (const chatter of chatters) await chatter.ask();
  for (const chatter of chatters) chatter.open(streams ?? 0);
  await sleep(5000);
  say(`${count} people, ${chatters.length * (streams ?? 0)} streams open`);
  const without = await phase(quiet ?? 0);

  const big = await Promise.all(slowTokens.map(bigConversation));
  say(`${SLOW_READERS} conversations of ${BIG_EVENTS} large events are there`);
  const stop = new AbortController();
  const slow = slowTokens.flatMap((token, index) =>
    Array.from({ length: STREAMS_OPEN }, () => slowReader(token, big[index] ?? "")),
  );
  const floods = [
    flood("GET", routes.approvals.path, RATES.read.perSecond * 10, undefined, stop.signal),
    flood(
      "PUT",
      routes.changeSettings.path,
      RATES.write.perSecond * 10,
      { voice: true },
      stop.signal,
    ),
    flood(
      "POST",
      routes.startRun.path,
      RATES.ask.perSecond * 10,
      { text: "x".repeat(15_000), timeZone: "UTC" },
      stop.signal,
    ),
    flood(
      "GET",
      EVENTS_PATH.replace(":id", `con_${"0".repeat(32)}`),
      RATES.stream.perSecond * 10,
      undefined,
      stop.signal,
    ),
  ];
  const beside = await phase(abuse ?? 0);
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
  crowd.kill();
  await rm(folder, { recursive: true, force: true });
}
for (const line of lines.filter((one) => one.includes('"error"')).slice(0, 5)) say(line);
say(problems.length === 0 ? "within every bound" : `out of bounds: ${problems.join(", ")}`);
process.exit(problems.length === 0 ? 0 : 1);
