/**
 * The due-queue of phones' answers: rows with a time, claimed in batches under a lease, one poll each. No timer or promise per
 * approval. A dead process's rows come back when its lease ends.
 */
import type { ApprovalId } from "@vaultdesk/shared/id.ts";
import type { JWTVerifyGetKey } from "jose";

import type { Executor } from "../actions/execute.ts";
import type { Config } from "../config.ts";
import { factsOf, type Log } from "../observe/log.ts";
import type { Ciba } from "./ciba.ts";
import { checkGrant } from "./grant.ts";
import type { Approvals } from "./record.ts";
import type { Approval } from "./row.ts";
import { afterPoll } from "./transition.ts";

const LEASE_MS = 30_000;
const BATCH = 20;
const IDLE_MS = 1000;

export interface Watcher {
  start(): void;
  /** A row was added that is due at this time. */
  wake(at: number): void;
  stop(): Promise<void>;
}

export function createWatcher(deps: {
  approvals: Approvals;
  ciba: Ciba;
  executor: Executor;
  keys: JWTVerifyGetKey;
  config: Config;
  log: Log;
  now(): number;
}): Watcher {
  const { approvals } = deps;
  let timer: NodeJS.Timeout | undefined;
  let stopped = true;
  let working: Promise<void> = Promise.resolve();

  async function accept(approval: Approval, accessToken: string): Promise<void> {
    const { id } = approval.view;
    const details = approval.request?.details;
    if (details === undefined) return;
    const checked = await checkGrant(
      accessToken,
      {
        approver: approval.approver,
        details,
        digest: approval.view.digest,
      },
      deps.config,
      deps.keys,
    );
    if (!checked.ok) {
      deps.log.error("approvals: a grant does not fit what was asked", {
        approvalId: id,
        reason: checked.reason,
      });
      await approvals.move(id, "waiting", "failed", {
        detail: `The approval that came back does not fit what was asked (${checked.reason}).`,
      });
      return;
    }
    const approved = await approvals.move(id, "waiting", "approved", { jti: checked.jti });
    if (approved === undefined) return;
    await deps.executor.execute(id, {
      kind: "approval",
      sub: approval.approver,
      subjectToken: accessToken,
    });
  }

  async function poll(id: ApprovalId): Promise<void> {
    const approval = await approvals.find(id);
    if (approval?.request === undefined || approval.view.state !== "waiting") return;
    const { request } = approval;
    const answer = await deps.ciba.poll(request.authReqId);
    const next = afterPoll(answer, {
      now: deps.now(),
      expiresAt: Date.parse(approval.view.expiresAt),
      intervalMs: request.intervalMs,
    });
    switch (next.to) {
      case "waiting":
        await approvals.postpone(id, { ...request, intervalMs: next.intervalMs }, next.nextPollAt);
        return;
      case "check":
        await accept(approval, next.accessToken);
        return;
      case "failed":
        await approvals.move(id, "waiting", "failed", {
          detail: "Auth0 no longer knows the request.",
        });
        return;
      case "denied":
      case "expired":
        await approvals.move(id, "waiting", next.to);
        return;
    }
  }

  async function round(): Promise<void> {
    const due = await approvals.claimDue(deps.now(), LEASE_MS, BATCH);
    await Promise.all(
      due.map(async (id) => {
        try {
          await poll(id);
        } catch (error) {
          deps.log.error("approvals: a poll failed", { approvalId: id, ...factsOf(error) });
        }
      }),
    );
    if (due.length === BATCH) await round();
  }

  async function turn(): Promise<void> {
    let next = IDLE_MS;
    try {
      await round();
      const at = await approvals.nextDue();
      if (at !== undefined) next = Math.min(IDLE_MS, Math.max(20, at - deps.now()));
    } catch (error) {
      deps.log.error("approvals: the queue could not be read", factsOf(error));
    }
    schedule(next);
  }

  function schedule(delay: number): void {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      working = turn();
    }, delay);
  }

  return {
    start() {
      stopped = false;
      schedule(0);
    },
    wake(at) {
      schedule(Math.max(0, at - deps.now()));
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}
