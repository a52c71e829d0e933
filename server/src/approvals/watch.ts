/**
 * Works the queue: asks phones whose slot has come, and polls for answers. No timer or promise per approval that waits: a bounded number
 * of requests is in flight, everything else is rows.
 */
import { setTimeout as sleep } from "node:timers/promises";

import type { ApprovalView } from "@vaultdesk/shared/approval.ts";
import type { ApprovalId } from "@vaultdesk/shared/id.ts";
import type { Settings } from "@vaultdesk/shared/settings.ts";
import type { JWTVerifyGetKey } from "jose";

import type { Executor } from "../actions/execute.ts";
import type { Config } from "../config.ts";
import { factsOf, type Log } from "../observe/log.ts";
import { pollLateness } from "../observe/metrics.ts";
import type { Grant } from "../vault/broker.ts";
import type { Asker } from "./ask.ts";
import type { Ciba } from "./ciba.ts";
import { checkGrant } from "./grant.ts";
import { createHand, GATHER_MS } from "./hand.ts";
import { createHolds } from "./hold.ts";
import type { Due, Queue } from "./queue.ts";
import { type Approvals, GrantReplayed } from "./record.ts";
import { afterPoll } from "./transition.ts";

/** An answer lost with a process that died is asked for again; a tenant that keeps forgetting is not. */
const MAX_PUSHES = 3;

export interface Watcher {
  start(): void;
  /** The queue has a new row. */
  wake(): void;
  /** What it has begun comes to its end, and what is held here within so many milliseconds: its phone's token is nowhere else. */
  stop(ms?: number): Promise<void>;
}

export function createWatcher(deps: {
  approvals: Approvals;
  queue: Queue;
  asker: Asker;
  ciba: Ciba;
  executor: Executor;
  keys: JWTVerifyGetKey;
  config: Config;
  settingsOf(sub: string): Promise<Settings>;
  /** Of the person's open panel, where one is here. */
  panelGrant(sub: string): Grant | undefined;
  /** Calls `heard` at each move of what is asked for in this conversation, until the signal ends. */
  onConversation(id: string, heard: () => void, signal: AbortSignal): void;
  log: Log;
  now(): number;
}): Watcher {
  const { approvals, queue } = deps;
  const holds = createHolds();
  const hand = createHand(deps);
  const working = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let woken = false;
  let stopped = true;
  let leaving = new AbortController();
  let turning: Promise<void> = Promise.resolve();

  async function accept(id: string, accessToken: string): Promise<void> {
    const approval = await approvals.find(id);
    if (approval?.details === undefined || approval.view.state !== "waiting") return;
    const { approver, details, view, sub, secondOf } = approval;
    const expected = { approver, details, digest: view.digest };
    const checked = await checkGrant(accessToken, expected, deps.config, deps.keys);
    if (!checked.ok) {
      await refuse(view.id, checked.reason);
      return;
    }
    const first = secondOf === undefined ? approval : await approvals.find(secondOf);
    const { holdSeconds } = await deps.settingsOf(first?.sub ?? sub);
    const holdUntil = holdSeconds === 0 ? undefined : deps.now() + holdSeconds * 1000;
    try {
      const approved = await approvals.move(id, "waiting", "approved", {
        jti: checked.jti,
        ...(holdUntil === undefined ? {} : { leaseUntil: holdUntil }),
      });
      // Somebody else's own yes is a condition: whoever has the requester's token hears of it.
      if (approved === undefined || secondOf !== undefined) return;
    } catch (error) {
      if (!(error instanceof GrantReplayed)) throw error;
      await refuse(view.id, "replayed");
      return;
    }
    const grant: Grant = { kind: "approval", sub: approver, subjectToken: accessToken };
    if (view.others !== undefined) waitForOthers(view, grant);
    else if (holdUntil === undefined) await deps.executor.execute(id, grant);
    else holds.keep({ id, at: holdUntil, grant });
  }

  /** The requester has said yes: their token waits here for everybody else's, which may be there by now. */
  function waitForOthers({ id, conversationId }: ApprovalView, grant: Grant): void {
    const over = new AbortController();
    const look = async () => {
      const approval = await approvals.find(id);
      if (over.signal.aborted || (approval?.view.state === "approved" && !approval.agreed)) return;
      over.abort();
      if (approval?.view.state !== "approved") return;
      if (approval.leaseUntil > deps.now()) holds.keep({ id, at: approval.leaseUntil, grant });
      else await deps.executor.execute(id, grant);
    };
    const heard = () => {
      if (!over.signal.aborted) track(id, look());
    };
    deps.onConversation(conversationId, heard, AbortSignal.any([over.signal, leaving.signal]));
    heard();
  }

  /** A hold is over, and the process that has the phone's token has not gone on: it is gone. */
  async function release(id: string): Promise<void> {
    const approval = await approvals.find(id);
    const grant = approval === undefined ? undefined : deps.panelGrant(approval.sub);
    if (grant === undefined) await queue.drop(id);
    else await deps.executor.execute(id, grant);
  }

  async function refuse(approvalId: ApprovalId, reason: string): Promise<void> {
    deps.log.error("approvals: a grant does not fit what was asked", { approvalId, reason });
    await approvals.move(approvalId, "waiting", "failed", {
      detail: `The approval that came back does not fit what was asked (${reason}).`,
      facts: { reason },
    });
  }

  async function askAgain(id: string): Promise<void> {
    const approval = await approvals.find(id);
    if (approval?.view.state !== "waiting") return;
    if (approval.pushes >= MAX_PUSHES) {
      await approvals.move(id, "waiting", "failed", {
        detail: "Auth0 no longer knows the request.",
      });
      return;
    }
    await approvals.move(id, "waiting", "proposed");
  }

  /** Whether it goes on waiting. */
  async function poll(due: Due): Promise<boolean> {
    const answer =
      due.authReqId === undefined
        ? { kind: "dead" as const, error: undefined }
        : await deps.ciba.poll(due.authReqId);
    const now = deps.now();
    const { expiresAt, intervalMs } = due;
    const next = afterPoll(answer, { now, expiresAt, intervalMs });
    switch (next.to) {
      case "waiting":
        if (next.intervalMs === intervalMs) hand.again(due.id, next.nextPollAt);
        else await queue.later(due.id, next.nextPollAt, next.intervalMs);
        return true;
      case "check":
        await accept(due.id, next.accessToken);
        return false;
      case "proposed":
        await askAgain(due.id);
        return false;
      case "denied":
      case "expired":
        await approvals.move(due.id, "waiting", next.to);
        return false;
    }
  }

  async function workOn(due: Due): Promise<void> {
    switch (due.kind) {
      case "push":
        await deps.asker.ask(due.id);
        break;
      case "poll":
        if (await poll(due)) return;
        break;
      case "hold":
        await release(due.id);
        break;
    }
    hand.lookBy(deps.now());
  }

  function track(approvalId: string, work: Promise<unknown>): void {
    const tracked = work
      .then(
        () => undefined,
        (error: unknown) => {
          deps.log.error("approvals: a request failed", { approvalId, ...factsOf(error) });
        },
      )
      .finally(() => working.delete(tracked));
    working.add(tracked);
  }

  function letGo(): void {
    for (const { id, grant } of holds.take(deps.now())) {
      track(id, deps.executor.execute(id, grant));
    }
  }

  async function turn(): Promise<void> {
    letGo();
    try {
      for (const due of await hand.take(working.size)) {
        pollLateness((deps.now() - due.dueAt) / 1000);
        track(due.id, workOn(due));
      }
    } catch (error) {
      deps.log.error("approvals: the queue could not be read", factsOf(error));
    }
    // What is begun may put something into the queue, and is followed by what it gathers with.
    const next = working.size > 0 ? deps.now() : hand.next();
    schedule(
      woken
        ? deps.now()
        : Math.min(holds.next() ?? Infinity, Math.max(next, deps.now() + GATHER_MS)),
    );
  }

  function schedule(at: number): void {
    if (stopped) return;
    clearTimeout(timer);
    woken = false;
    timer = setTimeout(
      () => {
        timer = undefined;
        turning = turn();
      },
      Math.max(0, at - deps.now()),
    );
  }

  return {
    start() {
      stopped = false;
      leaving = new AbortController();
      schedule(deps.now());
    },
    wake() {
      // In the middle of a turn, the turn itself schedules the next.
      hand.lookBy(deps.now());
      if (timer === undefined) woken = true;
      else schedule(deps.now());
    },
    async stop(ms = 0) {
      const until = deps.now() + ms;
      stopped = true;
      leaving.abort();
      clearTimeout(timer);
      await turning;
      await Promise.all(working);
      for (let at = holds.next(); at !== undefined && at <= until; at = holds.next()) {
        await sleep(Math.max(0, at - deps.now()));
        letGo();
        await Promise.all(working);
      }
      await hand.giveBack().catch((error: unknown) => {
        deps.log.warn("approvals: the last polls were not recorded", factsOf(error));
      });
    },
  };
}
