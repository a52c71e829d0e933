/**
 * Forgets a person: what waits for their phone is withdrawn, their deal rooms are left, and in one transaction their key is destroyed and
 * every row of theirs removed. The audit's rows stay, and one more says so. Refused under a legal hold, for the only lead of others, and
 * while a run or an approved action of theirs is at work.
 * It may run beside servers that hold the key in memory. So they are signed out a minute ahead: until then no bearer of theirs is answered,
 * and no new key is made for what was under way (`store/keys.ts`), while each server hears of it, or looks, within seconds.
 */
import { setTimeout as sleep } from "node:timers/promises";

import { sql, type Transaction } from "kysely";

import type { Approvals } from "../approvals/record.ts";
import { withdraw, WITHDRAWABLE } from "../approvals/withdraw.ts";
import { append } from "../audit/append.ts";
import { isHeld } from "../audit/holds.ts";
import type { SignOuts } from "../auth0/sign-outs.ts";
import { removeConversation } from "../conversations/erase.ts";
import { factsOf, type Log } from "../observe/log.ts";
import type { Members } from "../rooms/members.ts";
import type { Rooms } from "../rooms/record.ts";
import type { Bus } from "../store/bus.ts";
import type { Keyring } from "../store/keys.ts";
import type { Store } from "../store/open.ts";
import type { Db, Tables } from "../store/schema.ts";

export type Forgotten =
  | { done: true; conversations: number }
  | { done: false; reason: "held" | "busy" | "unknown" }
  /** The rooms that nobody else leads. */
  | { done: false; reason: "leads"; roomIds: string[] };

export type Forget = (sub: string, by: "self" | "operator") => Promise<Forgotten>;

const AHEAD_MS = 60_000;
const TRIES = 40;
const WAIT_MS = 250;
const LOOK_MS = 5000;
const PEOPLE = "people";

type OfSomebody = {
  [T in keyof Tables]: "sub" extends keyof Tables[T] ? T : never;
}[keyof Tables];

/** Of each table that names people: a new one does not compile without a word on it. */
const FATES: Readonly<Record<OfSomebody, "removed" | "otherwise" | "kept">> = {
  queue: "removed",
  approvals: "removed",
  runs: "removed",
  drafts: "removed",
  checkpoints: "removed",
  settings: "removed",
  templates: "removed",
  tool_uses: "removed",
  panels: "removed",
  people: "removed",
  google_access: "removed",
  sign_ins: "removed",
  users: "otherwise",
  conversations: "otherwise",
  room_members: "otherwise",
  audit: "kept",
  // A bearer of before must stay refused.
  sign_outs: "kept",
};

function isOfSomebody(table: string): table is OfSomebody {
  return Object.hasOwn(FATES, table);
}

class Stopped extends Error {
  override readonly name = "Stopped";
  readonly reason: "held" | "busy";
  constructor(reason: "held" | "busy") {
    super(reason);
    this.reason = reason;
  }
}

export function createForget(deps: {
  kind: Store["kind"];
  db: Db;
  bus: Bus;
  keys: Keyring;
  signOuts: Pick<SignOuts, "mark">;
  approvals: Approvals;
  stopRun(sub: string, runId: string): Promise<boolean>;
  rooms: Pick<Rooms, "remove">;
  members: Pick<Members, "remove">;
  now(): Date;
}): Forget {
  const { db, bus, keys, approvals } = deps;

  async function isKnown(sub: string): Promise<boolean> {
    const [user, member] = await Promise.all([
      db.selectFrom("users").select("sub").where("sub", "=", sub).executeTakeFirst(),
      db.selectFrom("room_members").select("id").where("sub", "=", sub).executeTakeFirst(),
    ]);
    return user !== undefined || member !== undefined;
  }

  /** With who else is in each, and whether one of those leads it. */
  async function roomsOf(sub: string) {
    const mine = await db
      .selectFrom("room_members")
      .select(["id", "room_id", "role"])
      .where("sub", "=", sub)
      .execute();
    return Promise.all(
      mine.map(async ({ id, room_id: roomId, role }) => {
        const others = await db
          .selectFrom("room_members")
          .select("role")
          .where("room_id", "=", roomId)
          .where("sub", "is not", null)
          .where("sub", "<>", sub)
          .execute();
        const led = role !== "lead" || others.some((other) => other.role === "lead");
        return { memberId: id, roomId, alone: others.length === 0, led };
      }),
    );
  }

  async function takeBack(sub: string): Promise<void> {
    // Runs first: one that waits would go on when its approval is withdrawn.
    const open = await db
      .selectFrom("runs")
      .select("id")
      .where("sub", "=", sub)
      .where("state", "<>", "ended")
      .execute();
    for (const { id } of open) await deps.stopRun(sub, id);
    for (const approval of await approvals.onPhone(sub, WITHDRAWABLE)) {
      await withdraw(approvals, approval, "You asked to be forgotten.");
    }
  }

  async function leaveRooms(sub: string): Promise<void> {
    for (const { roomId, memberId, alone } of await roomsOf(sub)) {
      if (alone) await deps.rooms.remove(sub, roomId);
      else await deps.members.remove(sub, roomId, memberId);
    }
  }

  async function remove(tx: Transaction<Tables>, sub: string): Promise<number> {
    if (await isHeld(tx, sub)) throw new Stopped("held");
    // The lock of each: whoever writes an event is seen below, or finds no conversation.
    const own = await tx
      .updateTable("conversations")
      .set((row) => ({ last_seq: row.ref("last_seq") }))
      .where("sub", "=", sub)
      .returning("id")
      .execute();
    const runs = await tx
      .selectFrom("runs")
      .select(["id", "state", "conversation_id"])
      .where("sub", "=", sub)
      .execute();
    const working = await tx
      .selectFrom("approvals")
      .select("id")
      .where("sub", "=", sub)
      .where("state", "in", ["executing", ...WITHDRAWABLE])
      .executeTakeFirst();
    const member = await tx
      .selectFrom("room_members")
      .select("id")
      .where("sub", "=", sub)
      .executeTakeFirst();
    const busy = runs.some((run) => run.state === "running");
    if (busy || working !== undefined || member !== undefined) throw new Stopped("busy");
    for (const { id } of own) {
      const threads = runs.flatMap((run) => (run.conversation_id === id ? [run.id] : []));
      await removeConversation(tx, id, threads);
    }
    const asked = tx.selectFrom("approvals").select("id").where("sub", "=", sub);
    await tx.deleteFrom("approval_rooms").where("approval_id", "in", asked).execute();
    for (const table of Object.keys(FATES).filter(isOfSomebody)) {
      if (FATES[table] === "removed") await tx.deleteFrom(table).where("sub", "=", sub).execute();
    }
    await keys.destroy(tx, sub);
    return own.length;
  }

  function attempt(sub: string, by: "self" | "operator"): Promise<number> {
    return db.transaction().execute(async (tx) => {
      const conversations = await remove(tx, sub);
      const at = deps.now().toISOString();
      await append(tx, at, { kind: "person.forgotten", sub, facts: { by, conversations } });
      await bus.publishIn(tx, "forgotten", PEOPLE);
      return conversations;
    });
  }

  return async (sub, by) => {
    if (!(await isKnown(sub))) return { done: false, reason: "unknown" };
    // Before anything is taken from them: what can't be done is left as it was.
    if (await db.transaction().execute((tx) => isHeld(tx, sub))) {
      return { done: false, reason: "held" };
    }
    const unled = (await roomsOf(sub)).filter((room) => !room.led && !room.alone);
    if (unled.length > 0) {
      return { done: false, reason: "leads", roomIds: unled.map((room) => room.roomId) };
    }
    await deps.signOuts.mark(sub, AHEAD_MS);
    for (let tries = 0; tries < TRIES; tries += 1) {
      await takeBack(sub);
      await leaveRooms(sub);
      try {
        const conversations = await attempt(sub, by);
        await keys.dropDestroyed();
        bus.announce("forgotten", PEOPLE);
        // The file is overwritten where rows are deleted (`secure_delete`); its log still has them until it is written back.
        if (deps.kind === "sqlite") await sql`pragma wal_checkpoint(truncate)`.execute(db);
        return { done: true, conversations };
      } catch (error) {
        if (!(error instanceof Stopped)) throw error;
        if (error.reason === "held") return { done: false, reason: "held" };
      }
      // A run that was told to stop needs a moment to come to rest.
      await sleep(WAIT_MS);
    }
    return { done: false, reason: "busy" };
  };
}

/** Keys that another process destroyed leave this one's memory: at once where it is told, else within seconds. Ends with `leaving`. */
export function watchForgotten(deps: {
  keys: Keyring;
  bus: Bus;
  log: Log;
  leaving: AbortSignal;
}): void {
  const { keys, bus, log, leaving } = deps;
  const look = () => {
    keys.dropDestroyed().catch((error: unknown) => {
      log.error("keys: could not look for those that are destroyed", factsOf(error));
    });
  };
  const timer = setInterval(look, LOOK_MS).unref();
  leaving.addEventListener("abort", () => {
    clearInterval(timer);
  });
  bus.on("forgotten", PEOPLE, look, leaving);
}
