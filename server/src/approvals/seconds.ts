/**
 * Four eyes: one action, the requester's own request, and one more for each further approver. They end together, and nothing is executed
 * before all have said yes: what goes with a move of one of them is done here, in the transaction of that move. Whoever moves one holds the
 * lock of the first one's row, so two that race are put in a row.
 */
import { ApprovalState } from "@vaultdesk/shared/approval.ts";
import { codeOf, type Digest } from "@vaultdesk/shared/digest.ts";
import { ApprovalId, newId } from "@vaultdesk/shared/id.ts";
import type { Transaction } from "kysely";

import type { Second } from "../rooms/needed.ts";
import type { Keyring, Sealer } from "../store/keys.ts";
import type { Tables } from "../store/schema.ts";
import { OTHERS_LATER_MS } from "./hold.ts";
import { putHold, putPush, remove } from "./queue.ts";
import {
  type Approval,
  type Other,
  packRaws,
  place,
  readAsker,
  readOthers,
  readRow,
  type Row,
  sealEyes,
} from "./row.ts";
import { isEnded } from "./transition.ts";

/** Somebody who has to say yes has not, or not to this: rolls back the claim. */
export class NotAgreed extends Error {
  override readonly name = "NotAgreed";
}

/** A further approver's request before it is in the table. */
export interface SecondRow {
  row: Row;
  other: Other;
  /** The membership for which they stand in. */
  standsFor: string | undefined;
}

/** The same action under the same digest, sealed for each approver; the mail's bytes stay with the first. */
export function secondRows(
  first: Row,
  asker: string,
  seconds: readonly (Second & { sealer: Sealer; askAt: number })[],
  content: { digest: Digest; action: string; judged: string },
  answerMs: number,
): Promise<SecondRow[]> {
  return Promise.all(
    seconds.map(async ({ sub, address, role, why, standsFor, sealer, askAt }) => {
      const absent = standsFor && { who: standsFor.who, until: standsFor.until };
      const stands = absent === undefined ? {} : { standsFor: absent };
      const id = ApprovalId.parse(newId("apr"));
      const row: Row = {
        ...first,
        id,
        run_id: null,
        call_id: null,
        sub,
        approver: sub,
        code: await codeOf(content.digest, id),
        action_sealed: sealer.seal(content.action, place(id, "action")),
        raw_sealed: sealer.seal(packRaws([]), place(id, "raw")),
        judged_sealed: sealer.seal(content.judged, place(id, "judged")),
        pushed_at: askAt,
        expires_at: new Date(askAt + answerMs).toISOString(),
        second_of: first.id,
        eyes_sealed: sealEyes(id, { who: asker, why, ...stands }, sealer),
      };
      const other = { id, who: address, role, why, state: "proposed" as const, ...stands };
      return { row, other, standsFor: standsFor?.memberId };
    }),
  );
}

function stateOf({ state }: Row): ApprovalState {
  return ApprovalState.parse(state);
}

/** What became of the others, as they read it. */
function endedWords(row: Row, who: string): string {
  switch (row.state) {
    case "denied":
      return `${who} denied it on their phone.`;
    case "expired":
      return `${who} did not approve it in time.`;
    case "undelivered":
      return `${who}'s phone could not be asked.`;
    case "failed":
      return `The approval that came back from ${who}'s phone does not fit what was asked.`;
    default:
      return row.second_of !== null && (row.detail ?? "") === ""
        ? `${who} declined it.`
        : `The request to ${who} was withdrawn.`;
  }
}

function ofFirst(tx: Transaction<Tables>, id: string): Promise<Row[]> {
  return tx.selectFrom("approvals").selectAll().where("second_of", "=", id).orderBy("id").execute();
}

export interface Followed {
  /** The row that moved, with what it now says of the others. */
  row: Row;
  /** The first one, where it moved along. */
  first: Approval | undefined;
}

export function createSeconds(deps: {
  keys: Keyring;
  now(): Date;
  /** Audit row and event of a move. */
  record: (tx: Transaction<Tables>, row: Row, from: ApprovalState) => Promise<Approval>;
  tell: (tx: Transaction<Tables>, approval: Approval) => Promise<void>;
}) {
  const { keys, record, tell } = deps;

  async function withOthers(tx: Transaction<Tables>, first: Row): Promise<Row> {
    const sealer = await keys.of(first.sub, tx);
    const states = new Map((await ofFirst(tx, first.id)).map((row) => [row.id, row.state]));
    const others = readOthers(first, sealer).map((other): Other => {
      const state = states.get(other.id);
      return state === undefined ? other : { ...other, state: ApprovalState.parse(state) };
    });
    return tx
      .updateTable("approvals")
      .set({ eyes_sealed: sealEyes(first.id, others, sealer) })
      .where("id", "=", first.id)
      .returningAll()
      .executeTakeFirstOrThrow();
  }

  async function moveOne(
    tx: Transaction<Tables>,
    row: Row,
    to: ApprovalState,
    detail: string | null,
  ): Promise<Approval> {
    const at = deps.now().getTime();
    const moved = await tx
      .updateTable("approvals")
      .set({
        state: to,
        detail,
        lease_until: 0,
        ...(row.state === "proposed" ? { pushed_at: null } : {}),
        ...(to === "proposed" ? { pushed_at: at } : {}),
        ...(isEnded(to) ? { ended_at: deps.now().toISOString() } : {}),
      })
      .where("id", "=", row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    // Asked again after a restore of the store, as the first one is.
    if (to === "proposed") await putPush(tx, row.id, row.sub, at);
    else await remove(tx, row.id);
    return record(tx, moved, stateOf(row));
  }

  /** Of those that are still open. */
  async function cancelAll(tx: Transaction<Tables>, firstId: string, why: string): Promise<void> {
    for (const row of await ofFirst(tx, firstId)) {
      if (row.ended_at === null) await moveOne(tx, row, "cancelled", why);
    }
  }

  async function afterFirst(tx: Transaction<Tables>, row: Row, from: ApprovalState): Promise<Row> {
    const to = stateOf(row);
    if (to === "executing") {
      const others = await ofFirst(tx, row.id);
      const agreed = (one: Row) => one.state === "approved" && one.digest === row.digest;
      if (others.length === 0 || !others.every(agreed)) throw new NotAgreed("not all have agreed");
      for (const one of others) await moveOne(tx, one, to, null);
    } else if (from === "executing" || from === "unknown") {
      for (const one of await ofFirst(tx, row.id)) await moveOne(tx, one, to, row.detail);
    } else if (isEnded(to)) {
      await cancelAll(tx, row.id, endedWords(row, await askerOf(tx, row)));
    } else return row;
    return withOthers(tx, row);
  }

  /** As the further requests name them. */
  async function askerOf(tx: Transaction<Tables>, first: Row): Promise<string> {
    const [one] = await ofFirst(tx, first.id);
    const asker = one === undefined ? undefined : readAsker(one, await keys.of(one.sub, tx));
    return asker?.who ?? "The person who asked";
  }

  async function afterSecond(tx: Transaction<Tables>, row: Row, first: Row): Promise<Followed> {
    if (first.ended_at !== null) return { row, first: undefined };
    const sealer = await keys.of(first.sub, tx);
    if (row.ended_at !== null) {
      const who = readOthers(first, sealer).find((other) => other.id === row.id)?.who ?? "Somebody";
      const why = endedWords(row, who);
      await cancelAll(tx, first.id, why);
      const known = await withOthers(tx, first);
      return { row, first: await moveOne(tx, known, "cancelled", why) };
    }
    let known = await withOthers(tx, first);
    if (known.state === "approved" && readRow(known, sealer).agreed) {
      // The hold begins with the last yes. The process that has the requester's token goes on first; any other after that.
      known = await tx
        .updateTable("approvals")
        .set({ lease_until: row.lease_until })
        .where("id", "=", first.id)
        .returningAll()
        .executeTakeFirstOrThrow();
      const from = Math.max(deps.now().getTime(), row.lease_until);
      await putHold(tx, first.id, first.sub, from + OTHERS_LATER_MS);
    }
    await tell(tx, readRow(known, sealer));
    return { row, first: undefined };
  }

  return {
    /** Before one of them moves: the lock that all of them take first. */
    async lock(tx: Transaction<Tables>, firstId: string): Promise<Row | undefined> {
      return tx
        .updateTable("approvals")
        .set((row) => ({ state: row.ref("state") }))
        .where("id", "=", firstId)
        .returningAll()
        .executeTakeFirst();
    },

    /** What goes with this move; `first` is the locked row where `row` is a further approver's. */
    async follow(
      tx: Transaction<Tables>,
      row: Row,
      from: ApprovalState,
      first: Row | undefined,
    ): Promise<Followed> {
      if (first !== undefined) return afterSecond(tx, row, first);
      if (row.eyes_sealed === null) return { row, first: undefined };
      return { row: await afterFirst(tx, row, from), first: undefined };
    },
  };
}
