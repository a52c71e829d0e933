/** `forget SUB|ADDRESS`: what there is of a person; with `--yes`, they are forgotten. Beside the server or without it. */
import { parseArgs } from "node:util";

import { BUILT_IN } from "@vaultdesk/shared/org-policy.ts";
import { sql } from "kysely";

import { createApprovals } from "../approvals/record.ts";
import { type Env, type Opened, withStore } from "../audit/with-store.ts";
import { createSignOuts } from "../auth0/sign-outs.ts";
import { createConversationLog } from "../conversations/log.ts";
import { createRunRecord } from "../conversations/runs-record.ts";
import { misused, type Outcome } from "../outcome.ts";
import { createMover } from "../rooms/change.ts";
import { createMembers } from "../rooms/members.ts";
import { createRooms } from "../rooms/record.ts";
import { createForget, type Forget, type Forgotten } from "./forget.ts";

/** What this command needs of them holds for a withdrawal and a run's end alone: it asks no phone and runs nothing. */
const LEASE_MS = 30_000;

const LEFT = [
  "Audit rows that name them stay, and say what is in docs/admin/operations.md. Google's permission lies in the tenant's vault: delete the",
  "user's connected account in Auth0, or the user. Backups and exports from before still hold them, sealed: see there.",
];

const nobodyWaits = () => undefined;

function forgetIn({ store, db, keys, now }: Opened): Forget {
  const { kind, bus } = store;
  const log = createConversationLog(db, bus, keys, now);
  const move = createMover({ db, bus, keys, ceiling: BUILT_IN.ceiling, now });
  const runs = createRunRecord({ db, bus, keys, log, leaseMs: LEASE_MS, now });
  return createForget({
    kind,
    db,
    bus,
    keys,
    signOuts: createSignOuts(db, bus, now),
    approvals: createApprovals({
      db,
      keys,
      log,
      leaseMs: LEASE_MS,
      answerMs: 0,
      now,
      ended: nobodyWaits,
    }),
    stopRun: (sub, id) => runs.stop(sub, id),
    rooms: createRooms({ db, keys, move, policy: BUILT_IN, now }),
    members: createMembers({ db, bus, keys, move, policy: BUILT_IN, now }),
    now,
  });
}

/** Whose it is: an id, or the address of the mailbox that they connected last. */
async function subOf({ db, keys }: Opened, who: string): Promise<string[]> {
  if (!who.includes("@")) return [who];
  const rows = await db
    .selectFrom("people")
    .select("sub")
    .where("address_hash", "in", [keys.blind(who), keys.blind(who.toLowerCase())])
    .execute();
  return rows.map((row) => row.sub);
}

async function found({ db }: Opened, sub: string): Promise<string> {
  const count = async (table: "conversations" | "approvals" | "templates" | "room_members") => {
    const { rows } = await sql<{ n: number | string }>`select count(*) as n from ${sql.table(table)}
      where sub = ${sub}`.execute(db);
    return Number(rows[0]?.n);
  };
  return `${sub}: ${await count("conversations")} conversations, ${await count("approvals")} approvals, ${await count("templates")} templates, in ${await count("room_members")} deal rooms`;
}

function outcomeOf(sub: string, forgotten: Forgotten): Outcome {
  if (forgotten.done) {
    const { conversations } = forgotten;
    return {
      exit: 0,
      answer: [`forgotten: ${sub}, with ${conversations} conversations`, ...LEFT],
    };
  }
  switch (forgotten.reason) {
    case "held":
      return {
        exit: 1,
        say: ["Nothing was forgotten: a legal hold is on them. See audit hold list"],
      };
    case "leads":
      return {
        exit: 1,
        say: [
          `Nothing was forgotten: nobody else leads ${forgotten.roomIds.join(", ")}, and others are in it. Have another lead made there, or the room deleted`,
        ],
      };
    case "busy":
      return {
        exit: 1,
        say: [
          "Not forgotten: something of theirs is still at work. They are signed out and what waited is withdrawn. Try again in a minute",
        ],
      };
    case "unknown":
      return { exit: 1, say: ["Nothing was forgotten: there is nobody of this id or address"] };
  }
}

export function forgetCommand(args: string[], env: Env): Promise<Outcome> | Outcome {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { yes: { type: "boolean", default: false } },
  });
  const [who, ...more] = positionals;
  if (who === undefined || more.length > 0) return misused("forget takes one SUB or ADDRESS");
  return withStore(env, async (opened) => {
    const [sub, ...others] = await subOf(opened, who);
    if (others.length > 0) {
      const all = [sub, ...others].join(", ");
      return { exit: 2, say: [`Several people have this mailbox: ${all}. Name one by the id`] };
    }
    if (sub === undefined) return outcomeOf(who, { done: false, reason: "unknown" });
    if (!values.yes) {
      const say = ["Nothing was done. To forget them for good, say it again with --yes"];
      return { exit: 0, answer: [await found(opened, sub)], say };
    }
    return outcomeOf(sub, await forgetIn(opened)(sub, "operator"));
  });
}
