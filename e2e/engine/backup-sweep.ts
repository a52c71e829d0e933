/**
 * The backup sweep: while questions run, a backup of the default store is taken at a random moment, the server goes on and is killed at
 * another, and the backup takes the store's place. Judged by the Google stand-in's outbox: of every approval that the backup knows, what the
 * phone approved was delivered exactly once, whether before the kill or after the restore, and is called so; nothing was done twice.
 *
 *     node e2e/engine/backup-sweep.ts [--restores N]
 *
 * Prints one line a restore, then `N restores, M approvals, F failed`; exits 0 only if none failed.
 */
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs, promisify } from "node:util";

import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";
import { routes } from "@vaultdesk/shared/api.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { visit } from "@vaultdesk/standins/visitor.ts";
import { startWorld, type World } from "@vaultdesk/standins/world.ts";

import { type RunningServer, startServer } from "../src/server.ts";
import { ANA, askingModel } from "./asking-model.ts";
import { judge, type Verdict } from "./judge.ts";
import { createPanel } from "./panel.ts";
import { inhabitants, person } from "./people.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const { values: options } = parseArgs({ options: { restores: { type: "string", default: "20" } } });
const restores = Number(options.restores);

const ASKS = ["send 1", "send 2", "schedule"] as const;
/** A question is at rest after about so long; the backup and the kill fall anywhere in it. The command itself takes a while to begin. */
const PATH_MS = 1800;
const SETTLE_MS = 60_000;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Beside this process, whose stand-ins answer the server meanwhile: the first line that the command says. */
async function vaultdesk(
  env: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ["server/src/cli.ts", ...args], {
    cwd: ROOT,
    env: { PATH: "/usr/bin:/bin", ...env },
  });
  return stdout.split("\n")[0] ?? "";
}

interface Round {
  verdict: Verdict;
  approvals: number;
}

async function sweep(world: World): Promise<number> {
  const env = world.serverEnv({ LEASE_SECONDS: "1" });
  const { DATABASE_FILE = "", MASTER_KEY = "" } = env;
  const store = { DATABASE_FILE, MASTER_KEY };
  world.bedrock.setModel(askingModel);
  let server: RunningServer = await startServer(env);
  const url = () => server.url;
  const backupFile = join(world.folder, "backup.db");

  function answerPhone(sub: string): void {
    for (const push of world.auth0.phone.pushes(sub)) {
      if (push.state === "pending") world.auth0.phone.approve(push.id);
    }
  }

  async function round(index: number): Promise<Round> {
    const { sub, email } = person(index);
    const visitor = await visit(world.auth0, EXTENSION_ID, sub);
    await visitor.connect(email, CONNECT_SCOPES);
    const before = createPanel(visitor.api, url);
    const stop = new AbortController();
    const answering = (async () => {
      while (!stop.signal.aborted) {
        // A person takes a moment.
        if (Math.random() < 0.1) answerPhone(sub);
        await before.approvals();
        await sleep(50);
      }
    })();
    const wanted = ASKS[index % ASKS.length] ?? "send 1";
    await before.call(routes.startRun, {
      text: `${wanted} for ${index} with ${ANA}`,
      timeZone: "UTC",
    });
    const [backupAt = 0, killAt = 0] = [Math.random(), Math.random()]
      .map((part) => part * PATH_MS)
      .toSorted((a, b) => a - b);
    await sleep(backupAt);
    rmSync(backupFile, { force: true });
    const taken = await vaultdesk(store, "backup", "--out", backupFile);
    await sleep(killAt - backupAt);
    await server.kill();
    const known = world.google.outbox.length;
    await vaultdesk(store, "restore", backupFile, "--replace-newer");
    server = await startServer(env);
    stop.abort();
    await answering;
    const verdict = await rest(index);
    const when = `${wanted}: copy at ${backupAt.toFixed(0)} ms, kill at ${killAt.toFixed(0)} ms, ${known} done by then`;
    say(
      `${verdict.verdict.ok ? "ok" : "FAILED"} ${when}; ${taken.replace(/^.*MB: /, "")} -> ${verdict.verdict.why || "settled"}`,
    );
    return verdict;
  }

  /** The person signs in again, and what the backup knows comes to its end. */
  async function rest(index: number): Promise<Round> {
    const { sub, email } = person(index);
    // A bearer of the second of the restore is one from before it.
    await sleep(1000);
    const visitor = await visit(world.auth0, EXTENSION_ID, sub);
    const panel = createPanel(visitor.api, url);
    const until = Date.now() + SETTLE_MS;
    let seen: Round = { verdict: { ok: false, why: "nothing yet" }, approvals: 0 };
    const conversationId = (await panel.call(routes.conversations))?.conversations[0]?.id;
    const delivered = () => [
      ...world.google.outbox.flatMap((entry) =>
        entry.kind === "mail" && entry.from === email ? [entry.id] : [],
      ),
      ...world.google.events(email).map((event) => event.id),
    ];
    const subjects = () =>
      world.google.outbox.flatMap((entry) =>
        entry.kind === "mail" && entry.from === email
          ? [/^Subject: (.*)$/m.exec(entry.raw.toString())?.[1] ?? ""]
          : [],
      );
    const feed = conversationId === undefined ? undefined : panel.follow(conversationId);
    while (Date.now() < until && !seen.verdict.ok) {
      await sleep(60);
      answerPhone(sub);
      const approvals = await panel.approvals();
      if (new Set(subjects()).size !== subjects().length) {
        return { verdict: { ok: false, why: "a mail was delivered twice" }, approvals: 0 };
      }
      if (feed === undefined) {
        return { verdict: { ok: true, why: "copied before there was a question" }, approvals: 0 };
      }
      const events = feed.events;
      const ended = events.some(({ body }) => body.type === "run.ended");
      if (approvals.length === 0 && ended) {
        seen = {
          verdict: { ok: true, why: "copied before the phone was to be asked" },
          approvals: 0,
        };
      } else {
        const found = judge({ approvals, events, delivered: delivered(), mode: "approve" });
        seen = { verdict: found, approvals: approvals.length };
      }
    }
    feed?.stop();
    return seen;
  }

  let failed = 0;
  let approvals = 0;
  for (let index = 0; index < restores; index += 1) {
    const done = await round(index);
    approvals += done.approvals;
    if (!done.verdict.ok) failed += 1;
  }
  await server.stop();
  const audit = join(world.folder, "audit.jsonl");
  await vaultdesk(store, "audit", "export", "--out", audit);
  say(`audit: ${await vaultdesk(store, "audit", "verify", audit)}`);
  say(`${restores} restores, ${approvals} approvals, ${failed} failed`);
  return failed;
}

const world = await startWorld({
  extensionId: EXTENSION_ID,
  people: inhabitants(restores),
  intervalSeconds: 1,
  approvalSeconds: 60,
  tokenSeconds: 86_400,
});
let failed = 1;
try {
  failed = await sweep(world);
} finally {
  await world.close();
}
process.exit(failed === 0 ? 0 : 1);
