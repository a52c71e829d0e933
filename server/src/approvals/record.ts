/**
 * Approvals at rest. Every move is a compare-and-set on the state column, with its audit row and the panel's event in the same
 * transaction: of two that race, one moves and the other is told so. Content is sealed; `auth_req_id` too.
 */
import type { Action } from "@vaultdesk/shared/action.ts";
import type { ApprovalState, ApprovalView } from "@vaultdesk/shared/approval.ts";
import { codeOf, digestOf } from "@vaultdesk/shared/digest.ts";
import { ApprovalId, type ConversationId, newId, type RunId } from "@vaultdesk/shared/id.ts";
import type { Transaction } from "kysely";
import type { z } from "zod";

import { append } from "../audit/append.ts";
import type { ConversationLog } from "../conversations/log.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db, Tables } from "../store/schema.ts";
import { type Approval, type Effect, place, readRow, type Request, type Row } from "./row.ts";
import { isEnded, mayMove } from "./transition.ts";

interface Patch {
  detail?: string;
  request?: Request;
  nextPollAt?: number | undefined;
  leaseUntil?: number;
  expiresAt?: string;
  effect?: z.infer<typeof Effect>;
  changed?: string[];
  /** The grant this move spends: a second use of the same `jti` fails the whole move. */
  jti?: string;
}

export interface Approvals {
  propose(input: {
    sub: string;
    approver: string;
    conversationId: ConversationId;
    runId: RunId | undefined;
    action: Action;
    raw: Buffer;
    expiresAt: string;
  }): Promise<Approval>;
  find(id: string): Promise<Approval | undefined>;
  /** `undefined` when somebody else moved it first. */
  move(
    id: string,
    from: ApprovalState,
    to: ApprovalState,
    patch?: Patch,
  ): Promise<Approval | undefined>;
  /** Only times and the interval change; no event. */
  postpone(id: string, request: Request, nextPollAt: number): Promise<void>;
  /** Takes up to `limit` waiting rows that are due, and leases them. */
  claimDue(now: number, leaseMs: number, limit: number): Promise<ApprovalId[]>;
  nextDue(): Promise<number | undefined>;
  list(sub: string): Promise<ApprovalView[]>;
  inState(state: ApprovalState, sub?: string): Promise<ApprovalId[]>;
  ofRun(runId: string): Promise<ApprovalView[]>;
  /** Ids whose lease ran out while executing: a process died. */
  strandedExecuting(now: number): Promise<ApprovalId[]>;
  wasDenied(conversationId: string, digest: string): Promise<boolean>;
}

export function createApprovals(deps: {
  db: Db;
  keys: Keyring;
  log: ConversationLog;
  now(): Date;
  /** Told once of each approval that ended, after its move is committed. */
  ended(approval: Approval): void;
}): Approvals {
  const { db, keys, log } = deps;

  async function record(
    tx: Transaction<Tables>,
    row: Row,
    from: ApprovalState | "none",
  ): Promise<Approval> {
    const approval = readRow(row, await keys.of(row.sub, tx));
    await append(tx, deps.now().toISOString(), {
      kind: "approval.moved",
      sub: row.sub,
      approvalId: row.id,
      facts: { from, to: row.state, digest: row.digest, approver: row.approver },
    });
    await log.appendIn(tx, row.conversation_id, row.sub, {
      type: "approval.changed",
      approval: approval.view,
    });
    return approval;
  }

  return {
    async propose(input) {
      const sealer = await keys.of(input.sub);
      const id = ApprovalId.parse(newId("apr"));
      const digest = await digestOf(input.action);
      const row: Row = {
        id,
        conversation_id: input.conversationId,
        run_id: input.runId ?? null,
        sub: input.sub,
        approver: input.approver,
        state: "proposed",
        digest,
        code: await codeOf(digest, id),
        draft_id: input.action.draftId,
        action_sealed: sealer.seal(JSON.stringify(input.action), place(id, "action")),
        raw_sealed: sealer.seal(input.raw, place(id, "raw")),
        request_sealed: null,
        next_poll_at: null,
        lease_until: 0,
        requested_at: deps.now().toISOString(),
        expires_at: input.expiresAt,
        ended_at: null,
        detail: null,
        effect: null,
      };
      const approval = await db.transaction().execute(async (tx) => {
        await tx.insertInto("approvals").values(row).execute();
        return record(tx, row, "none");
      });
      log.announce(input.conversationId);
      return approval;
    },

    async find(id) {
      const row = await db
        .selectFrom("approvals")
        .selectAll()
        .where("id", "=", id)
        .executeTakeFirst();
      return row === undefined ? undefined : readRow(row, await keys.of(row.sub));
    },

    async move(id, from, to, patch = {}) {
      if (!mayMove(from, to)) throw new Error(`an approval can't move from ${from} to ${to}`);
      const owner = await db
        .selectFrom("approvals")
        .select(["sub", "conversation_id"])
        .where("id", "=", id)
        .executeTakeFirst();
      if (owner === undefined) return undefined;
      const sealer = await keys.of(owner.sub);
      const moved = await db.transaction().execute(async (tx) => {
        const row = await tx
          .updateTable("approvals")
          .set({
            state: to,
            next_poll_at: patch.nextPollAt ?? null,
            lease_until: patch.leaseUntil ?? 0,
            ...(patch.detail === undefined ? {} : { detail: patch.detail }),
            ...(patch.expiresAt === undefined ? {} : { expires_at: patch.expiresAt }),
            ...(patch.request === undefined
              ? {}
              : {
                  request_sealed: sealer.seal(JSON.stringify(patch.request), place(id, "request")),
                }),
            ...(patch.effect === undefined ? {} : { effect: JSON.stringify(patch.effect) }),
            ...(patch.changed === undefined
              ? {}
              : { effect: JSON.stringify({ changed: patch.changed }) }),
            ...(isEnded(to) ? { ended_at: deps.now().toISOString() } : {}),
          })
          .where("id", "=", id)
          .where("state", "=", from)
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) return undefined;
        if (patch.jti !== undefined) {
          await tx.insertInto("grants").values({ jti: patch.jti, approval_id: id }).execute();
        }
        return record(tx, row, from);
      });
      if (moved === undefined) return undefined;
      log.announce(owner.conversation_id);
      if (isEnded(to)) deps.ended(moved);
      return moved;
    },

    async postpone(id, request, nextPollAt) {
      const owner = await db
        .selectFrom("approvals")
        .select("sub")
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      const sealer = await keys.of(owner.sub);
      await db
        .updateTable("approvals")
        .set({
          next_poll_at: nextPollAt,
          request_sealed: sealer.seal(JSON.stringify(request), place(id, "request")),
        })
        .where("id", "=", id)
        .where("state", "=", "waiting")
        .execute();
    },

    async claimDue(now, leaseMs, limit) {
      const rows = await db
        .updateTable("approvals")
        // The lease is the time itself: if this process dies, the row is due again when it ends.
        .set({ next_poll_at: now + leaseMs })
        .where("id", "in", (from) =>
          from
            .selectFrom("approvals")
            .select("id")
            .where("state", "=", "waiting")
            .where("next_poll_at", "<=", now)
            .orderBy("next_poll_at")
            .limit(limit),
        )
        .returning("id")
        .execute();
      return rows.map((row) => ApprovalId.parse(row.id));
    },

    async nextDue() {
      const row = await db
        .selectFrom("approvals")
        .select("next_poll_at")
        .where("state", "=", "waiting")
        .where("next_poll_at", "is not", null)
        .orderBy("next_poll_at")
        .limit(1)
        .executeTakeFirst();
      return row?.next_poll_at ?? undefined;
    },

    async list(sub) {
      const sealer = await keys.of(sub);
      const rows = await db
        .selectFrom("approvals")
        .selectAll()
        .where("sub", "=", sub)
        .orderBy((order) => order.case().when("ended_at", "is", null).then(0).else(1).end())
        .orderBy("requested_at", "desc")
        .limit(50)
        .execute();
      return rows.map((row) => readRow(row, sealer).view);
    },

    async inState(state, sub) {
      const rows = await db
        .selectFrom("approvals")
        .select("id")
        .where("state", "=", state)
        .$if(sub !== undefined, (query) => query.where("sub", "=", sub ?? ""))
        .execute();
      return rows.map((row) => ApprovalId.parse(row.id));
    },

    async ofRun(runId) {
      const rows = await db
        .selectFrom("approvals")
        .selectAll()
        .where("run_id", "=", runId)
        .orderBy("requested_at")
        .execute();
      return Promise.all(rows.map(async (row) => readRow(row, await keys.of(row.sub)).view));
    },

    async strandedExecuting(now) {
      const rows = await db
        .selectFrom("approvals")
        .select("id")
        .where("state", "=", "executing")
        .where("lease_until", "<=", now)
        .execute();
      return rows.map((row) => ApprovalId.parse(row.id));
    },

    async wasDenied(conversationId, digest) {
      const row = await db
        .selectFrom("approvals")
        .select("id")
        .where("conversation_id", "=", conversationId)
        .where("digest", "=", digest)
        .where("state", "=", "denied")
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
