/**
 * From the yes on the phone to the mail in Gmail's outbox, while few and while five thousand others wait. Auth0 tells a yes only to a poll,
 * so up to one interval of it is the tenant's; the rest is ours, against the raw rounds of the vault, the draft and its sending.
 */
import { setTimeout as sleep } from "node:timers/promises";

import { createDraft } from "../../server/src/google/drafts.ts";
import { buildMime } from "../../server/src/google/mime.ts";
import { seed } from "../engine/seed.ts";
import { startMeasured } from "../engine/usage.ts";
import { listening } from "../src/server.ts";
import { type Figure, ms, type Options } from "./figure.ts";
import { ANA, crowdOf } from "./letters.ts";
import { startOutside } from "./outside.ts";
import { p50, p95, type Sample, sorted, timed } from "./timing.ts";
import { pushed, queued, setApart } from "./waiting.ts";

const INTERVAL_MS = 5000;
const OWN_MS = 100;
const LATE_MS = 1500;

type Outside = Awaited<ReturnType<typeof startOutside>>;

/** A mail of theirs: the vault's round, the draft read, the draft sent. Milliseconds of each. */
async function raw(outside: Outside, bearers: readonly string[]): Promise<Sample> {
  const times: number[] = [];
  for (const bearer of bearers) {
    const gmail = await outside.gmail(bearer);
    const { data } = await gmail.users.getProfile({ userId: "me" });
    const from = data.emailAddress ?? "";
    const parts = { cc: [], bcc: [], subject: "Papers", text: "Hello Ana.\n", attachments: [] };
    const mime = await buildMime({ from, to: [ANA], ...parts });
    const id = await createDraft(gmail, mime, undefined);
    times.push(
      await timed(async () => {
        const { users } = await outside.gmail(bearer);
        await users.drafts.get({ userId: "me", id, format: "raw" });
        await users.drafts.send({ userId: "me", requestBody: { id } });
      }),
    );
  }
  return sorted(times);
}

export async function measure({ quick }: Options): Promise<Figure[]> {
  const yeses = quick ? 10 : 40;
  const others = quick ? 1000 : 5000;
  const people = crowdOf(3 * yeses);
  const outside = await startOutside(people, {
    intervalSeconds: INTERVAL_MS / 1000,
    settings: { AUTH0_REQUESTS_PER_SECOND: "20000" },
  });
  const { env, config, crowd } = outside;
  await seed(env, people.slice(0, 2 * yeses));
  const first = await setApart(config.store, yeses, INTERVAL_MS);
  const server = startMeasured(env, "pipe");
  try {
    await listening(server.child, []);
    const bearers = await crowd.bearers();
    const rounds = await raw(outside, bearers.slice(2 * yeses));

    /** All of these say yes, one after the other over an interval. */
    async function approved(from: number) {
      crowd.tell({ kind: "reset" });
      const subs = people.slice(from, from + yeses).map(({ sub }) => sub);
      crowd.tell({ kind: "approve", subs, everyMs: INTERVAL_MS / yeses });
      await sleep(2 * INTERVAL_MS + LATE_MS);
      const { delivered, worked } = await crowd.stats();
      return { delivered: sorted(delivered), worked: sorted(worked) };
    }

    await sleep(Math.max(0, first - Date.now()));
    const few = await approved(0);
    await queued(outside, config.store, await pushed(outside, others), INTERVAL_MS);
    await sleep(INTERVAL_MS);
    const many = await approved(yeses);
    return [
      ...figures("few wait", few, rounds, yeses),
      ...figures(`${others} others wait`, many, rounds, yeses),
    ];
  } finally {
    server.child.kill("SIGKILL");
    await outside.close();
  }
}

function figures(
  says: string,
  { delivered, worked }: { delivered: Sample; worked: Sample },
  rounds: Sample,
  yeses: number,
): Figure[] {
  return [
    {
      says: `${says}: from the yes to the delivered mail, less the poll interval, p95`,
      value: p95(delivered) - INTERVAL_MS,
      unit: "ms",
      goal: Math.round(p95(rounds)) + OWN_MS,
      from: `p50 in all ${ms(p50(delivered))}; raw rounds p95 ${ms(p95(rounds))}`,
    },
    {
      says: `${says}: from the tenant's answer to the delivered mail, p95`,
      value: p95(worked),
      unit: "ms",
      goal: Math.round(p95(rounds)) + OWN_MS,
      from: `p50 ${ms(p50(worked))}`,
    },
    { says: `${says}: not delivered`, value: yeses - delivered.length, unit: "", goal: 0 },
  ];
}
