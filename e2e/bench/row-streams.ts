/**
 * Two thousand people, each with a panel open, on one server process of two: the memory of each panel, beside what a bare server of Node
 * takes for as many streams; and the time from an event's own `at`, which is before its commit, to its arrival, where the same process works
 * on the question and where the other one does.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { newId, RunId } from "@vaultdesk/shared/id.ts";
import { startPostgres } from "@vaultdesk/standins/postgres.ts";

import { createConversationLog } from "../../server/src/conversations/log.ts";
import { createConversations } from "../../server/src/conversations/record.ts";
import { createLog } from "../../server/src/observe/log.ts";
import { createKeyring } from "../../server/src/store/keys.ts";
import { openStore } from "../../server/src/store/open.ts";
import { FLAGS, startMeasured, usage } from "../engine/usage.ts";
import { listening } from "../src/server.ts";
import { openStream, startRun, streamOf } from "./asker.ts";
import { type Figure, ms, type Options } from "./figure.ts";
import { crowdOf } from "./letters.ts";
import { startOutside } from "./outside.ts";
import { forEach, p50, p99, sorted } from "./timing.ts";

const AT_ONCE = 25;
const SETTLE_MS = 3000;
const ASKED_EVERY_MS = 400;
const KILOBYTES = 40;
const ARRIVED_MS = 50;
const QUESTION = { text: "What is open?", timeZone: "UTC" };
const END = '"type":"run.ended"';

type Outside = Awaited<ReturnType<typeof startOutside>>;

function now(): Date {
  return new Date();
}

/** Kilobytes of `pid` for each that is opened. */
async function memoryOfEach(pid: number, count: number, open: (index: number) => Promise<unknown>) {
  const before = await usage(pid);
  await forEach(count, AT_ONCE, open);
  await sleep(SETTLE_MS);
  return ((await usage(pid)).rss - before.rss) / 1024 / count;
}

async function bareMemory(count: number): Promise<number> {
  const child = spawn(process.execPath, [...FLAGS, join(import.meta.dirname, "bare-streams.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const end = new AbortController();
  try {
    const url = new URL(await listening(child, []));
    return await memoryOfEach(child.pid ?? 0, count, () =>
      openStream(url, "", () => undefined, end.signal),
    );
  } finally {
    end.abort();
    child.kill("SIGKILL");
  }
}

/** A conversation of each person, with one event. */
async function conversationsOf(outside: Outside, subs: readonly string[]): Promise<string[]> {
  const { config } = outside;
  const store = await openStore(
    config.store,
    createLog(() => undefined),
  );
  const keys = createKeyring(store.db, config.masterKey, now);
  await keys.verify();
  const conversations = createConversations(store.db, keys, now);
  const log = createConversationLog(store.db, store.bus, keys, now);
  const runId = RunId.parse(newId("run"));
  const ids: string[] = [];
  await forEach(subs.length, AT_ONCE, async (index) => {
    const sub = subs[index] ?? "";
    const id = await conversations.create(sub, "Falcon", undefined);
    await log.append(id, sub, { type: "text.delta", runId, text: "The price." });
    ids[index] = id;
  });
  await store.close();
  return ids;
}

function arrival(says: string, late: readonly number[]): Figure {
  const times = sorted(late);
  return {
    says: `an event's arrival, ${says}, p99 of ${times.length}`,
    value: p99(times),
    unit: "ms",
    goal: ARRIVED_MS,
    from: `p50 ${ms(p50(times))}, worst ${ms(times.at(-1) ?? NaN)}`,
  };
}

export async function measure({ quick }: Options): Promise<Figure[]> {
  const panels = quick ? 500 : 2000;
  const asked = quick ? 12 : 25;
  const people = crowdOf(panels);
  const postgres = await startPostgres({ durable: true });
  const outside = await startOutside(people, {
    deltaMs: 0,
    settings: { DATABASE_URL: await postgres.database() },
  });
  const end = new AbortController();
  const ids = await conversationsOf(
    outside,
    people.map(({ sub }) => sub),
  );
  const servers = [0, 1].map(() => startMeasured(outside.env, "pipe"));
  try {
    const [here = "", beside = ""] = await Promise.all(
      servers.map(({ child }) => listening(child, [])),
    );
    const bearers = await outside.crowd.bearers();
    const seen = { late: [0], ended: 0 };
    let broken = 0;
    const heard = (event: string) => {
      const at = /"at":"([^"]+)"/.exec(event)?.[1] ?? "";
      seen.late.push(Date.now() - Date.parse(at));
      if (event.includes(END)) seen.ended += 1;
    };

    /** From the `from`th on each asks a question of `url`; how late each event of theirs was. */
    async function arrivals(url: string, from: number, count: number): Promise<number[]> {
      Object.assign(seen, { late: [], ended: 0 });
      for (let index = from; index < from + count; index += 1) {
        const conversationId = ids[index] ?? "";
        await startRun(url, bearers[index] ?? "", { ...QUESTION, conversationId });
        await sleep(ASKED_EVERY_MS);
      }
      while (seen.ended < count) await sleep(ASKED_EVERY_MS);
      return seen.late;
    }

    const each = await memoryOfEach(servers[0]?.pid ?? 0, panels, async (index) => {
      const url = streamOf(here, ids[index] ?? "");
      const { ended: closed } = await openStream(url, bearers[index] ?? "", heard, end.signal);
      closed.catch(() => (broken += 1));
    });
    // Libraries come with the first question.
    for (const url of [here, beside]) await arrivals(url, 0, 5);
    const same = await arrivals(here, 5, asked);
    const across = await arrivals(beside, 5 + asked, asked);
    const bare = await bareMemory(panels);
    return [
      {
        says: `${panels} open panels: memory of each`,
        value: each,
        unit: "kB",
        goal: KILOBYTES,
        from: `a bare server's ${bare.toFixed(1)} kB`,
      },
      arrival("worked on in the same process", same),
      arrival("worked on in another", across),
      { says: "streams that broke", value: broken, unit: "", goal: 0 },
    ];
  } finally {
    end.abort();
    for (const { child } of servers) child.kill("SIGKILL");
    await outside.close();
    await postgres.close();
  }
}
