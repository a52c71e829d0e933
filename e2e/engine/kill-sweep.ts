/**
 * The kill sweep: the server ended with SIGKILL at every await boundary between a question and the end of its run, on one store; after
 * each, a new process goes on. Judged by the Google stand-in's outbox and the audit export, never by the server's own word alone:
 * what the phone approved was delivered exactly once, what it denied or ignored was not, every run and approval ended, and the panel's
 * events have no gap and no double.
 *
 *     node e2e/engine/kill-sweep.ts --store sqlite|postgres [--kills N] [--beside] [--eyes]
 *
 * With --beside (Postgres) a second process serves the same database all the time and is never killed: the question is put to the one
 * that dies, the panel listens to the other, and the other goes on with what was begun.
 *
 * With --eyes each action needs the yes of somebody else too: it is done once with both, or not at all, and the other's request ends with it.
 *
 * Prints one line a kill, then `N kills, M points, F failed`; exits 0 only if none failed.
 */
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";
import { routes } from "@vaultdesk/shared/api.ts";
import { ThreadId } from "@vaultdesk/shared/id.ts";
import { startPostgres } from "@vaultdesk/standins/postgres.ts";
import { startWorld, type World } from "@vaultdesk/standins/world.ts";

import { ANA, askingModel } from "./asking-model.ts";
import { judge, type Mode, type Verdict } from "./judge.ts";
import { arrive, pairUp } from "./pair.ts";
import { createPanel } from "./panel.ts";
import { inhabitants, person } from "./people.ts";
import { standby, type Victim } from "./victim.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const { values: options } = parseArgs({
  options: {
    store: { type: "string", default: "sqlite" },
    kills: { type: "string", default: "150" },
    beside: { type: "boolean", default: false },
    eyes: { type: "boolean", default: false },
  },
});
const kills = Number(options.kills);
/** The modes between two that approve. */
const NOES: readonly Mode[] = options.eyes ? ["deny", "decline", "withdraw"] : ["deny"];

/** Who ask; as many again are their leads. */
const PEOPLE = kills * 2 + 10;

/** Points of the server's housekeeping, which no step of an approval waits on, and one that a store passes once in its life. */
const IDLE = /^(begin|select queue|update runs|select runs|insert buckets)/;
/** A later visit of a point that loops (events, checkpoints) is like the ones before it. */
const VISITS = 6;
const SETTLE_MS = 30_000;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What is asked for; each passes points of its own. */
const ASKS = ["send 1", "send 2", "schedule"] as const;
type Ask = (typeof ASKS)[number];

interface Target {
  name: string;
  nth: number;
  /** The questions that pass this point. */
  asks: Ask[];
}

async function sweep(world: World, storeEnv: Readonly<Record<string, string>>): Promise<number> {
  const env = onlyStore(world.serverEnv({ ...storeEnv, LEASE_SECONDS: "1" }), storeEnv);
  world.bedrock.setModel(askingModel);
  let server: Victim = standby(env);
  let url = await server.go();
  let spare = standby(env);
  const beside = options.beside ? standby(env) : undefined;
  const besideUrl = await beside?.go();

  async function restart(): Promise<void> {
    server = spare;
    url = await server.go();
    spare = standby(env);
  }

  function answer(sub: string, yes: boolean): void {
    for (const push of world.auth0.phone.pushes(sub)) {
      if (push.state === "pending") world.auth0.phone[yes ? "approve" : "deny"](push.id);
    }
  }

  /** One question from asking to rest, with a kill on the way where `target` says. */
  async function round(
    index: number,
    mode: Mode,
    wanted: Ask,
    target: Target | undefined,
  ): Promise<Verdict> {
    const { sub, email } = person(index);
    const visitor = await arrive(world, person(index));
    const lead = options.eyes ? person(index + PEOPLE) : undefined;
    const pair =
      lead === undefined
        ? undefined
        : await pairUp(world, () => besideUrl ?? url, { visitor, email }, lead);
    const asking = createPanel(visitor.api, () => url);
    const panel = createPanel(visitor.api, () => besideUrl ?? url);
    if (target === undefined) await server.counts();
    else server.arm(target.name, target.nth);
    const killed = server;
    const asked = await asking.call(routes.startRun, {
      text: `${wanted} for ${index} with ${ANA}`,
      timeZone: "UTC",
      ...(pair === undefined ? {} : { threadId: ThreadId.parse(pair.threadId) }),
    });
    const until = Date.now() + SETTLE_MS;
    let conversationId: string | undefined = asked?.conversationId;
    let feed: ReturnType<typeof panel.follow> | undefined;
    let verdict: Verdict = { ok: false, why: "nothing yet" };
    while (Date.now() < until) {
      if (server.dead()) await restart();
      if (mode !== "withdraw") answer(sub, mode !== "deny");
      if (lead !== undefined) answer(lead.sub, mode !== "decline");
      conversationId ??= (await panel.call(routes.conversations))?.conversations[0]?.id;
      if (conversationId === undefined) {
        if (killed.dead()) return { ok: true, why: "killed before there was a question" };
      } else feed ??= panel.follow(conversationId);
      if (
        asked === undefined &&
        feed?.events.length === 0 &&
        Date.now() > until - SETTLE_MS + 2000
      ) {
        return { ok: true, why: "killed before there was a run" };
      }
      const outbox = world.google.outbox.filter(
        (entry) => entry.kind === "mail" && entry.from === email,
      );
      const approvals = await panel.approvals();
      for (const { id, endedAt } of mode === "withdraw" ? approvals : []) {
        if (endedAt === undefined) await panel.call(routes.cancelApproval, undefined, { id });
      }
      verdict = judge({
        approvals,
        ...(pair === undefined ? {} : { seconds: await pair.panel.approvals() }),
        events: feed?.events ?? [],
        delivered: [
          ...outbox.map((entry) => entry.id),
          ...world.google.events(email).map((event) => event.id),
        ],
        mode,
      });
      if (verdict.ok && (target === undefined || killed.dead() || verdict.quiet === true)) break;
      await sleep(60);
    }
    feed?.stop();
    // What it did not come to here is not to end the next one while that is made ready.
    if (!killed.dead()) killed.arm("nothing", 1);
    if (!verdict.ok) return verdict;
    return killed.dead() ? { ok: true, why: "went on" } : { ok: true, why: "never came there" };
  }

  const points: Target[] = [];
  const dries = [
    ...ASKS.map((wanted) => ["approve", wanted] as const),
    ...NOES.map((mode) => [mode, "send 1"] as const),
  ];
  for (const [index, [mode, wanted]] of dries.entries()) {
    const dry = await round(index, mode, wanted, undefined);
    if (!dry.ok) throw new Error(`the path does not work without a kill: ${dry.why}`);
    for (const [name, count] of Object.entries(await server.counts())) {
      if (IDLE.test(name)) continue;
      for (let nth = 1; nth <= Math.min(count, VISITS); nth += 1) {
        const known = points.find((one) => one.name === name && one.nth === nth);
        if (known === undefined) points.push({ name, nth, asks: [wanted] });
        else if (!known.asks.includes(wanted)) known.asks.push(wanted);
      }
    }
  }
  // First each name once, then its later visits, until the number is reached; then from the beginning.
  points.sort((a, b) => a.nth - b.nth);
  const names = new Set(points.map((one) => one.name));
  say(`${points.length} points of ${names.size} names`);

  const hit = new Set<string>();
  let dead = 0;
  let failed = 0;
  const queue = [...points];
  const missed = new Set<Target>();
  for (let index = dries.length; dead < kills && index < kills * 2 + dries.length; index += 1) {
    if (queue.length === 0) queue.push(...points);
    const target = queue.shift();
    if (target === undefined) break;
    if (missed.has(target)) {
      // Some points are passed by a fresh process only: keys fetched once, a user's key opened once.
      await server.kill();
      await restart();
    }
    const mode = index % 5 === 4 ? (NOES[((index / 5) | 0) % NOES.length] ?? "deny") : "approve";
    const wanted = target.asks[index % target.asks.length] ?? "send 1";
    const verdict = await round(index, mode, wanted, target);
    if (verdict.why === "never came there" && !missed.has(target)) {
      missed.add(target);
      queue.unshift(target);
    } else if (verdict.why !== "never came there") {
      dead += 1;
      hit.add(target.name);
    }
    if (!verdict.ok) failed += 1;
    const line = `${mode} ${wanted}: ${target.name} #${target.nth}: ${verdict.why}`;
    say(`${verdict.ok ? "ok" : "FAILED"} ${line}`);
  }
  await server.kill();
  await spare.kill();
  await beside?.kill();
  for (const name of names) if (!hit.has(name)) say(`not hit: ${name}`);
  say(`${dead} kills, ${hit.size} of ${names.size} points, ${failed} failed`);
  return failed;
}

/** The world's environment names a file; a server takes one store. */
function onlyStore(
  env: Readonly<Record<string, string>>,
  storeEnv: Readonly<Record<string, string>>,
): Record<string, string> {
  const others = Object.entries(env).filter(([key]) => key !== "DATABASE_FILE" || key in storeEnv);
  return Object.fromEntries(others);
}

/** The audit trail of everything, exported and checked as a stranger would. */
function audited(env: Readonly<Record<string, string>>, folder: string): boolean {
  const file = join(folder, "audit.jsonl");
  for (const args of [
    ["export", "--out", file],
    ["verify", file],
  ]) {
    const ran = spawnSync(process.execPath, ["server/src/cli.ts", "audit", ...args], {
      cwd: ROOT,
      env: { PATH: "/usr/bin:/bin", ...env },
      encoding: "utf8",
    });
    say(`audit ${args[0] ?? ""}: ${`${ran.stdout}${ran.stderr}`.trim().split("\n")[0] ?? ""}`);
    if (ran.status !== 0) return false;
  }
  return true;
}

const world = await startWorld({
  extensionId: EXTENSION_ID,
  people: inhabitants(PEOPLE * 2),
  intervalSeconds: 1,
  approvalSeconds: 60,
  tokenSeconds: 86_400,
});
const postgres = options.store === "postgres" ? await startPostgres({ durable: true }) : undefined;
const storeEnv =
  postgres === undefined
    ? { DATABASE_FILE: join(world.folder, "sweep.sqlite") }
    : { DATABASE_URL: await postgres.database() };
let failed = 1;
try {
  failed = await sweep(world, storeEnv);
  const env = world.serverEnv(storeEnv);
  if (!audited({ ...storeEnv, MASTER_KEY: env["MASTER_KEY"] ?? "" }, world.folder)) failed += 1;
} finally {
  await postgres?.close();
  await world.close();
}
process.exit(failed === 0 ? 0 : 1);
