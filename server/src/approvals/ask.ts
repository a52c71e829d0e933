/**
 * One push to one phone for one proposed approval. What was written down first is asked afterwards: a process that dies between leaves
 * a row that the queue asks again.
 */
import type { Action } from "@vaultdesk/shared/action.ts";
import { sha256Hex } from "@vaultdesk/shared/digest.ts";
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";

import { MINUTE_MS } from "./bucket.ts";
import type { Ciba } from "./ciba.ts";
import { askerWords, authorizationDetails, bindingMessage } from "./details.ts";
import type { Approvals } from "./record.ts";
import type { Approval } from "./row.ts";

export type Asked =
  /** Waiting for the phone, or for a slot to ask it. */
  { ok: true; approval: Approval } | { ok: false; problem: Problem };

/** Pushes a person's phone could not take for this long end as undelivered. */
const QUEUE_MS = 600_000;

export interface Asker {
  /** `undefined` when it is no longer proposed. */
  ask(id: string): Promise<Asked | undefined>;
}

export function createAsker(deps: {
  approvals: Approvals;
  ciba: Ciba;
  seconds: number;
  now(): number;
}): Asker {
  const { approvals, ciba } = deps;

  async function undelivered(id: string, why: Problem): Promise<Asked> {
    const detail = [why.detail, why.press].filter((part) => part !== undefined).join(" ");
    await approvals.move(id, "proposed", "undelivered", { detail });
    return { ok: false, problem: why };
  }

  return {
    async ask(id) {
      const approval = await approvals.find(id);
      if (approval?.view.state !== "proposed") return undefined;
      const { view, action, warnings, approver } = approval;
      const { code, digest, asker } = view;
      const details = authorizationDetails(
        action,
        code,
        digest,
        warnings,
        asker && askerWords(asker, new Date(deps.now())),
      );
      const pushed = await ciba.push({
        approver,
        bindingMessage: bindingMessage(action, view.code),
        details,
        seconds: deps.seconds,
      });
      const now = deps.now();
      if (!pushed.ok) {
        const patient = now < Date.parse(view.requestedAt) + QUEUE_MS;
        if (pushed.reason !== "too_many" || !patient) {
          return undelivered(id, pushProblem(pushed.reason, action));
        }
        const delayed = await approvals.delay(id, now + (pushed.retryAfterMs ?? MINUTE_MS));
        return delayed === undefined ? undefined : { ok: true, approval: delayed };
      }
      const expiresAt = now + pushed.expiresInMs;
      const waiting = await approvals.move(id, "proposed", "waiting", {
        asked: {
          details,
          expiresAt: new Date(expiresAt).toISOString(),
          poll: {
            authReqId: pushed.authReqId,
            intervalMs: pushed.intervalMs,
            expiresAt,
            dueAt: now + pushed.intervalMs,
          },
        },
        facts: { request: await sha256Hex(pushed.authReqId) },
      });
      return waiting === undefined ? undefined : { ok: true, approval: waiting };
    },
  };
}

function pushProblem(
  reason: "not_enrolled" | "too_many" | "refused" | "down",
  action: Action,
): Problem {
  switch (reason) {
    case "not_enrolled":
      return problem("phone_not_enrolled");
    case "too_many":
      return problem("push_refused", { detail: "It took no more requests for ten minutes." });
    case "refused":
      return problem("push_refused", {
        detail: `Auth0 refused the request${action.kind === "bundle" ? " for these mails" : ""}.`,
      });
    case "down":
      return problem("push_refused", { detail: "Auth0 did not answer." });
  }
}
