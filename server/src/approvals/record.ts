/**
 * Approvals at rest. Every move is a compare-and-set on the state column, with its audit row, its place in the queue and the panel's
 * event in the same transaction: of two that race, one moves and the other is told so.
 */
import { type Action, deedsOf } from "@vaultdesk/shared/action.ts";
import type { ApprovalState, ApprovalView, Outcome } from "@vaultdesk/shared/approval.ts";
import { codeOf, digestOf } from "@vaultdesk/shared/digest.ts";
import { ApprovalId, type ConversationId, newId, type RunId } from "@vaultdesk/shared/id.ts";
import type { Transaction } from "kysely";

import type { Judged } from "../actions/dossier.ts";
import { append } from "../audit/append.ts";
import { inAllItsRooms, inTheirRooms } from "../conversations/in-rooms.ts";
import type { ConversationLog } from "../conversations/log.ts";
import { countApproval } from "../observe/metrics.ts";
import { linkEvents } from "../rooms/events.ts";
import type { Second } from "../rooms/needed.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db, Tables } from "../store/schema.ts";
import { contentDigestOf, deniable, subjectOf } from "./content.ts";
import {
  askedFacts,
  brokenBy,
  doneFacts,
  overridesIn,
  sentFacts,
  sentMessages,
  warnedFacts,
} from "./facts.ts";
import { OTHERS_LATER_MS } from "./hold.ts";
import { lockQueue, type Poll, putHold, putPoll, putPush, remove } from "./queue.ts";
import { type Approval, packRaws, place, readEffects, readRow, type Row, sealEyes } from "./row.ts";
import { createSeconds, NotAgreed, secondRows } from "./seconds.ts";
import { slot, slotsOf } from "./slots.ts";
import { isEnded, mayMove } from "./transition.ts";

/** The `jti` of a grant that another move has spent. */
export class GrantReplayed extends Error {
  override readonly name = "GrantReplayed";
}

const LISTED = 50;

interface Patch {
  detail?: string;
  /** With a move to `waiting`. */
  asked?: { details: Readonly<Record<string, unknown>>; expiresAt: string; poll: Poll };
  /** With a move to `approved`: it is held until then. */
  leaseUntil?: number;
  outcomes?: readonly Outcome[];
  /** Of what is executing: which attempt this is the end of. One that was slow and lost its lease to another moves nothing. */
  attempt?: number;
  /** Back to `approved` without a word to Google: the attempt does not count. */
  untried?: true;
  /** The grant this move spends: a second use of the same `jti` throws `GrantReplayed` and moves nothing. */
  jti?: string;
  /** More for the audit row: ids and hashes, never content. */
  facts?: Readonly<Record<string, string>>;
}

interface Proposing {
  sub: string;
  approver: string;
  conversationId: ConversationId;
  runId: RunId | undefined;
  callId: string | undefined;
  action: Action;
  raws: readonly Buffer[];
  /** For each deed of the action. */
  judged: readonly Judged[];
  /** Deal rooms whose rules it is proposed under. */
  roomIds?: readonly string[];
  /** Who else must say yes, and whom they are told that it comes from. */
  others?: { asker: string; seconds: readonly Second[] };
}

export interface Approvals {
  /** Written down before anybody is asked. `now`: this caller has the lease to ask the phone at once; else the queue will. */
  propose(proposing: Proposing): Promise<{ approval: Approval; now: boolean }>;
  /** With `sub`, another person's is as an absent one: it is not even opened. */
  find(id: string, sub?: string): Promise<Approval | undefined>;
  /** `undefined` when somebody else moved it first. */
  move(
    id: string,
    from: ApprovalState,
    to: ApprovalState,
    patch?: Patch,
  ): Promise<Approval | undefined>;
  /** A mail of a bundle was sent: written down before the next is tried. False when this attempt is no longer executing. */
  note(id: string, attempt: number, outcomes: readonly Outcome[]): Promise<boolean>;
  /** Still executing: nobody else may take it before `leaseUntil`. */
  extend(id: string, attempt: number, leaseUntil: number): Promise<void>;
  /** Takes what a dead process left executing, so that nobody else does. */
  takeStranded(sub: string, now: number, leaseUntil: number): Promise<Approval[]>;
  /** The phone takes no more now: it is asked at `askAt`. */
  delay(id: string, askAt: number): Promise<Approval | undefined>;
  list(sub: string): Promise<ApprovalView[]>;
  /** Open ones that this person asked for, in these states. */
  open(sub: string, states: readonly ApprovalState[]): Promise<Approval[]>;
  /** The same with those that others ask this person for. */
  onPhone(sub: string, states: readonly ApprovalState[]): Promise<Approval[]>;
  ofRun(runId: string): Promise<ApprovalView[]>;
  ofConversation(conversationId: string): Promise<ApprovalView[]>;
  ofCall(runId: string, callId: string): Promise<Approval | undefined>;
  wasDenied(conversationId: string, action: Action): Promise<boolean>;
  /** Ids of the messages that this person's last approvals are known to have sent. */
  readonly sentIds: (sub: string) => Promise<ReadonlySet<string>>;
}

export function createApprovals(deps: {
  db: Db;
  keys: Keyring;
  log: ConversationLog;
  leaseMs: number;
  /** How long a phone has to answer, milliseconds. */
  answerMs: number;
  now(): Date;
  /** Told once of each approval that ended, after its move is committed. */
  ended(approval: Approval): void;
}): Approvals {
  const { db, keys, log } = deps;

  async function record(
    tx: Transaction<Tables>,
    row: Row,
    from: ApprovalState | "none",
    facts: Readonly<Record<string, string>> = {},
  ): Promise<Approval> {
    const approval = readRow(row, await keys.of(row.sub, tx));
    await append(tx, deps.now().toISOString(), {
      kind: "approval.moved",
      sub: row.sub,
      approvalId: row.id,
      facts: {
        ...facts,
        ...(row.second_of === null ? {} : { secondOf: row.second_of }),
        ...(row.state === "executed" ? doneFacts(approval.action) : {}),
        from,
        to: row.state,
        kind: approval.action.kind,
        digest: row.digest,
        approver: row.approver,
      },
    });
    await tell(tx, approval);
    return approval;
  }

  async function tell(tx: Transaction<Tables>, approval: Approval): Promise<void> {
    const { view, sub, secondOf } = approval;
    await log.askedIn(tx, sub);
    // The conversation is the requester's.
    if (secondOf !== undefined) return;
    await log.appendIn(tx, view.conversationId, sub, { type: "approval.changed", approval: view });
  }

  /** After the commit: to all who are asked together. */
  async function announce({ view, sub, secondOf }: Approval): Promise<void> {
    log.announce(view.conversationId);
    const firstId = secondOf ?? (view.others === undefined ? undefined : view.id);
    if (firstId === undefined) {
      log.announceAsked(sub);
      return;
    }
    const family = await db
      .selectFrom("approvals")
      .select("sub")
      .where((one) => one.or([one("id", "=", firstId), one("second_of", "=", firstId)]))
      .execute();
    for (const one of family) log.announceAsked(one.sub);
  }

  const family = createSeconds({ keys, now: () => deps.now(), record, tell });

  async function opened(row: Row | undefined): Promise<Approval | undefined> {
    return row === undefined ? undefined : readRow(row, await keys.of(row.sub));
  }

  async function views(column: "run_id" | "conversation_id", id: string): Promise<ApprovalView[]> {
    const rows = await db
      .selectFrom("approvals")
      .selectAll()
      .where(column, "=", id)
      .where("second_of", "is", null)
      .orderBy("requested_at")
      .execute();
    return Promise.all(rows.map(async (row) => readRow(row, await keys.of(row.sub)).view));
  }

  async function onPhone(sub: string, states: readonly ApprovalState[]): Promise<Approval[]> {
    const sealer = await keys.of(sub);
    const rows = await db
      .selectFrom("approvals")
      .selectAll()
      .where("sub", "=", sub)
      .where("ended_at", "is", null)
      .where("state", "in", states)
      .orderBy("requested_at")
      .execute();
    return rows.map((row) => readRow(row, sealer));
  }

  return {
    async propose(input) {
      const sealer = await keys.of(input.sub);
      const id = ApprovalId.parse(newId("apr"));
      const digest = await digestOf(input.action);
      const contentDigest = await contentDigestOf(input.action);
      const code = await codeOf(digest, id);
      const at = deps.now();
      const { asker = "", seconds = [] } = input.others ?? {};
      const people = await Promise.all(
        seconds.map(async (one) => ({ ...one, sealer: await keys.of(one.sub) })),
      );
      const done = await db.transaction().execute(async (tx) => {
        const approvers = [input.approver, ...seconds.map(({ sub }) => sub)];
        const slotOf = await slotsOf(tx, approvers, at.getTime());
        const askAt = slotOf(input.approver);
        // A double click, a second tab, a second run: one push for each digest.
        const open = await tx
          .selectFrom("approvals")
          .selectAll()
          .where("sub", "=", input.sub)
          .where("ended_at", "is", null)
          .where("conversation_id", "=", input.conversationId)
          .where("digest", "=", digest)
          .executeTakeFirst();
        if (open !== undefined) return { approval: readRow(open, sealer), now: false };
        const now = askAt <= at.getTime();
        const row: Row = {
          id,
          conversation_id: input.conversationId,
          run_id: input.runId ?? null,
          call_id: input.callId ?? null,
          sub: input.sub,
          approver: input.approver,
          state: "proposed",
          digest,
          content_digest: contentDigest,
          code,
          draft_id: subjectOf(deedsOf(input.action)[0]),
          action_sealed: sealer.seal(JSON.stringify(input.action), place(id, "action")),
          raw_sealed: sealer.seal(packRaws(input.raws), place(id, "raw")),
          judged_sealed: sealer.seal(JSON.stringify(input.judged), place(id, "judged")),
          request_sealed: null,
          lease_until: 0,
          pushed_at: askAt,
          pushes: 0,
          attempts: 0,
          requested_at: at.toISOString(),
          expires_at: new Date(askAt + deps.answerMs).toISOString(),
          ended_at: null,
          detail: null,
          effect: null,
          second_of: null,
          eyes_sealed: null,
        };
        const further = await secondRows(
          row,
          asker,
          people.map((one) => ({ ...one, askAt: slotOf(one.sub) })),
          { digest, action: JSON.stringify(input.action), judged: JSON.stringify(input.judged) },
          deps.answerMs,
        );
        if (further.length > 0) {
          row.eyes_sealed = sealEyes(
            id,
            further.map(({ other }) => other),
            sealer,
          );
        }
        const rows = [row, ...further.map((one) => one.row)];
        await tx.insertInto("approvals").values(rows).execute();
        const { roomIds = [] } = input;
        if (roomIds.length > 0) {
          const under = rows.flatMap((one) =>
            roomIds.map((roomId) => ({ approval_id: one.id, room_id: roomId })),
          );
          await tx.insertInto("approval_rooms").values(under).execute();
        }
        await putPush(tx, id, input.sub, now ? at.getTime() + deps.leaseMs : askAt);
        const { conversationId } = input;
        const facts = {
          conversationId,
          ...(await askedFacts(tx, input.runId)),
          ...warnedFacts(input.judged),
        };
        const approval = await record(tx, row, "none", {
          ...facts,
          ...(further.length === 0 ? {} : { seconds: further.map((one) => one.row.id).join(" ") }),
        });
        for (const override of overridesIn(input.action)) {
          const by = seconds.find(({ address }) => address === override.by)?.sub ?? "";
          await append(tx, at.toISOString(), {
            kind: "tier.override_asked",
            sub: input.sub,
            approvalId: id,
            facts: { by, why: override.why, breaks: brokenBy(override), digest },
          });
        }
        for (const { row: one, standsFor } of further) {
          await putPush(tx, one.id, one.sub, one.pushed_at ?? askAt);
          await record(tx, one, "none", {
            ...facts,
            ...(standsFor === undefined ? {} : { standsFor }),
          });
        }
        return { approval, now };
      });
      await announce(done.approval);
      countApproval("proposed");
      return done;
    },

    async find(id, sub) {
      const row = await db
        .selectFrom("approvals")
        .selectAll()
        .where("id", "=", id)
        .where("conversation_id", "<>", "")
        .$if(sub !== undefined, (query) =>
          query
            .where("sub", "=", sub ?? "")
            .where(inTheirRooms("approvals.conversation_id", sub ?? ""))
            .where(inAllItsRooms(sub ?? "")),
        )
        .executeTakeFirst();
      return opened(row);
    },

    async move(id, from, to, patch = {}) {
      if (!mayMove(from, to)) throw new Error(`an approval can't move from ${from} to ${to}`);
      const owner = await db
        .selectFrom("approvals")
        .select(["sub", "approver", "second_of"])
        .where("id", "=", id)
        .executeTakeFirst();
      if (owner === undefined) return undefined;
      const firstId = owner.second_of;
      // A further approver's yes is a condition and orders nothing.
      if (firstId !== null && to === "executing") return undefined;
      const sealer = await keys.of(owner.sub);
      const { asked } = patch;
      const at = deps.now();
      const moving = db.transaction().execute(async (tx) => {
        const askAt = to === "proposed" ? await slot(tx, owner.approver, at.getTime()) : undefined;
        const first = firstId === null ? undefined : await family.lock(tx, firstId);
        const row = await tx
          .updateTable("approvals")
          .set((column) => ({
            state: to,
            lease_until: patch.leaseUntil ?? 0,
            ...(patch.detail === undefined ? {} : { detail: patch.detail }),
            ...(asked === undefined
              ? {}
              : {
                  expires_at: asked.expiresAt,
                  pushes: column("pushes", "+", 1),
                  request_sealed: sealer.seal(
                    JSON.stringify({ details: asked.details }),
                    place(id, "request"),
                  ),
                }),
            ...(askAt === undefined ? {} : { pushed_at: askAt }),
            // A slot that was planned and not used is free again.
            ...(from === "proposed" && to !== "waiting" ? { pushed_at: null } : {}),
            ...(patch.untried === undefined ? {} : { attempts: column("attempts", "-", 1) }),
            ...(to === "executing" ? { attempts: column("attempts", "+", 1) } : {}),
            ...(patch.outcomes === undefined ? {} : { effect: JSON.stringify(patch.outcomes) }),
            ...(isEnded(to) ? { ended_at: at.toISOString() } : {}),
          }))
          .where("id", "=", id)
          .where("state", "=", from)
          .$if(patch.attempt !== undefined, (query) =>
            query.where("attempts", "=", patch.attempt ?? 0),
          )
          // One that is held does not move on before its time, whoever tries.
          .$if(to === "executing", (query) => query.where("lease_until", "<=", at.getTime()))
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) return undefined;
        if (row.eyes_sealed !== null) await lockQueue(tx);
        if (patch.jti !== undefined) await spend(tx, patch.jti, id);
        if (asked !== undefined) await putPoll(tx, keys, id, row.sub, asked.poll);
        else if (askAt !== undefined) await putPush(tx, id, row.sub, askAt);
        else if (to === "approved" && patch.leaseUntil !== undefined) {
          await putHold(tx, id, row.sub, patch.leaseUntil + OTHERS_LATER_MS);
        } else await remove(tx, id);
        const facts = {
          ...patch.facts,
          ...(patch.jti === undefined ? {} : { jti: patch.jti }),
          ...sentFacts(patch.outcomes),
        };
        // Of a further one the first reads how it moved; a first takes the others along before it is told of.
        const before = firstId === null ? undefined : await record(tx, row, from, facts);
        if (to === "executing") {
          const { action } = readRow(row, await keys.of(row.sub, tx));
          await linkEvents(tx, keys, id, action);
        }
        const followed = await family.follow(tx, row, from, first);
        const approval = before ?? (await record(tx, followed.row, from, facts));
        return { approval, first: followed.first };
      });
      const moved = await moving.catch((error: unknown) => {
        if (error instanceof NotAgreed) return undefined;
        throw error;
      });
      if (moved === undefined) return undefined;
      await announce(moved.approval);
      countApproval(to);
      if (moved.first !== undefined) deps.ended(moved.first);
      if (isEnded(to) && firstId === null) deps.ended(moved.approval);
      return moved.approval;
    },

    async note(id, attempt, outcomes) {
      const noted = await db.transaction().execute(async (tx) => {
        const row = await tx
          .updateTable("approvals")
          .set({ effect: JSON.stringify(outcomes) })
          .where("id", "=", id)
          .where("state", "=", "executing")
          .where("attempts", "=", attempt)
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) return undefined;
        const approval = readRow(row, await keys.of(row.sub, tx));
        await append(tx, deps.now().toISOString(), {
          kind: "effect.recorded",
          sub: row.sub,
          approvalId: id,
          facts: { digest: row.digest, ...sentFacts(outcomes) },
        });
        await tell(tx, approval);
        return approval;
      });
      if (noted === undefined) return false;
      await announce(noted);
      return true;
    },

    async extend(id, attempt, leaseUntil) {
      await db
        .updateTable("approvals")
        .set({ lease_until: leaseUntil })
        .where("id", "=", id)
        .where("state", "=", "executing")
        .where("attempts", "=", attempt)
        .execute();
    },

    async takeStranded(sub, now, leaseUntil) {
      const sealer = await keys.of(sub);
      const rows = await db
        .updateTable("approvals")
        .set({ lease_until: leaseUntil })
        .where("sub", "=", sub)
        .where("second_of", "is", null)
        .where("state", "=", "executing")
        .where("lease_until", "<=", now)
        .returningAll()
        .execute();
      return rows.map((row) => readRow(row, sealer));
    },

    async delay(id, askAt) {
      const delayed = await db.transaction().execute(async (tx) => {
        const row = await tx
          .updateTable("approvals")
          .set({ pushed_at: askAt })
          .where("id", "=", id)
          .where("state", "=", "proposed")
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) return undefined;
        await putPush(tx, id, row.sub, askAt);
        const approval = readRow(row, await keys.of(row.sub, tx));
        await tell(tx, approval);
        return approval;
      });
      if (delayed !== undefined) await announce(delayed);
      return delayed;
    },

    async list(sub) {
      const sealer = await keys.of(sub);
      const theirs = db
        .selectFrom("approvals")
        .selectAll()
        .where("sub", "=", sub)
        // Of a deleted conversation: no content is left to show.
        .where("conversation_id", "<>", "")
        .where(inTheirRooms("approvals.conversation_id", sub))
        .where(inAllItsRooms(sub));
      // Apart, so that each is read from its index: of years of ended ones no more than are shown.
      const [open, ended] = await Promise.all([
        theirs.where("ended_at", "is", null).execute(),
        theirs
          .where("ended_at", "is not", null)
          .orderBy("requested_at", "desc")
          .limit(LISTED)
          .execute(),
      ]);
      open.sort((one, other) => other.requested_at.localeCompare(one.requested_at));
      return [...open, ...ended].slice(0, LISTED).map((row) => readRow(row, sealer).view);
    },

    async open(sub, states) {
      return (await onPhone(sub, states)).filter(({ secondOf }) => secondOf === undefined);
    },

    onPhone,

    ofRun: (runId) => views("run_id", runId),

    ofConversation: (conversationId) => views("conversation_id", conversationId),

    async ofCall(runId, callId) {
      return opened(
        await db
          .selectFrom("approvals")
          .selectAll()
          .where("run_id", "=", runId)
          .where("call_id", "=", callId)
          .executeTakeFirst(),
      );
    },

    async sentIds(sub) {
      const rows = await db
        .selectFrom("approvals")
        .select("effect")
        .where("sub", "=", sub)
        .where("effect", "is not", null)
        .orderBy("requested_at", "desc")
        .limit(100)
        .execute();
      return new Set(rows.flatMap((row) => sentMessages(readEffects(row.effect))));
    },

    async wasDenied(conversationId, action) {
      const row = await db
        .selectFrom("approvals")
        .select("id")
        .where("conversation_id", "=", conversationId)
        .where("content_digest", "in", await deniable(action))
        .where("state", "=", "denied")
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

async function spend(tx: Transaction<Tables>, jti: string, approvalId: string): Promise<void> {
  const spent = await tx
    .insertInto("grants")
    .values({ jti, approval_id: approvalId })
    .onConflict((conflict) => conflict.column("jti").doNothing())
    .returning("jti")
    .executeTakeFirst();
  if (spent === undefined) throw new GrantReplayed("the grant was used before");
}
