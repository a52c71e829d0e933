/**
 * CIBA at the tenant as pairs: ask, then judge. One poll a call: a waiting approval is a row, never a blocked promise.
 * Source: auth0.com/docs/api/authentication (back-channel login), OpenID CIBA Core 1.0 sections 7, 10, 11.
 * Pushes go through Auth0's own client. Polls are thousands for one push, and go by undici (docs/decisions/0004).
 */
import type { AuthClient } from "@auth0/auth0-auth-js";
import { APPROVE_SCOPE } from "@vaultdesk/shared/api.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import { Pool } from "undici";
import { z } from "zod";

import { type Auth0Failure, failureOf } from "../auth0/clients.ts";
import type { Config } from "../config.ts";
import { observed } from "../observe/work.ts";
import type { AuthorizationDetails } from "./details.ts";
import { postForm } from "./post-form.ts";
import type { PollAnswer } from "./transition.ts";

export interface PushRequest {
  approver: string;
  bindingMessage: string;
  details: AuthorizationDetails;
  seconds: number;
}

export type PushResult =
  | { ok: true; authReqId: string; intervalMs: number; expiresInMs: number }
  | {
      ok: false;
      reason: "not_enrolled" | "too_many" | "refused" | "down";
      error: string | undefined;
      retryAfterMs?: number;
    };

export interface Ciba {
  push(request: PushRequest): Promise<PushResult>;
  poll(authReqId: string): Promise<PollAnswer>;
}

const POLL_MS = 10_000;
const Reply = z.object({
  access_token: z.string().optional(),
  error: z.string().optional(),
  interval: z.number().optional(),
});

export function createCiba(
  client: AuthClient,
  tenant: Pick<Config["auth0"], "issuer" | "audience" | "approvals">,
): Ciba {
  const { audience, approvals } = tenant;
  const { origin, pathname } = new URL("oauth/token", tenant.issuer);
  const pool = new Pool(origin, {
    connections: 64,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    headersTimeout: POLL_MS,
    bodyTimeout: POLL_MS,
  });
  const form = new URLSearchParams({
    grant_type: "urn:openid:params:grant-type:ciba",
    client_id: approvals.clientId,
    client_secret: approvals.clientSecret,
  }).toString();

  async function ask(authReqId: string): Promise<PollAnswer> {
    const asked = `${form}&auth_req_id=${encodeURIComponent(authReqId)}`;
    const { status, headers, text } = await postForm(pool, pathname, asked);
    const read = Reply.safeParse(parseJson(text));
    const reply = read.success ? read.data : {};
    if (status === 200 && reply.access_token !== undefined) {
      return { kind: "token", accessToken: reply.access_token };
    }
    const wait = Number(headers["retry-after"] ?? reply.interval);
    return judgePoll({
      error: reply.error,
      description: "",
      status,
      retryAfter: Number.isFinite(wait) && wait > 0 ? wait : undefined,
    });
  }

  async function push(request: PushRequest): Promise<PushResult> {
    try {
      const started = await client.initiateBackchannelAuthentication({
        loginHint: { sub: request.approver },
        bindingMessage: request.bindingMessage,
        requestedExpiry: request.seconds,
        authorizationDetails: [request.details],
        // Without a scope the SDK asks for offline_access, and a refresh token would be minted for each yes.
        authorizationParams: { scope: `openid ${APPROVE_SCOPE}`, audience },
      });
      return {
        ok: true,
        authReqId: started.authReqId,
        intervalMs: (started.interval ?? 5) * 1000,
        expiresInMs: started.expiresIn * 1000,
      };
    } catch (error) {
      return judgePush(failureOf(error));
    }
  }

  async function poll(authReqId: string): Promise<PollAnswer> {
    try {
      return await ask(authReqId);
    } catch {
      // No connection, no answer in time, or an answer that is no JSON: it is asked again.
      return { kind: "unreachable" };
    }
  }

  return {
    push: (request) =>
      observed("ciba_push", { result: "broke" }, async (learn) => {
        const pushed = await push(request);
        learn({ result: pushed.ok ? "ok" : pushed.reason });
        return pushed;
      }),
    poll: (authReqId) =>
      observed("ciba_poll", { result: "broke" }, async (learn) => {
        const answer = await poll(authReqId);
        learn({ result: answer.kind });
        return answer;
      }),
  };
}

export function judgePush(failure: Auth0Failure): PushResult & { ok: false } {
  const { error } = failure;
  if (failure.status === 429) {
    const { retryAfter } = failure;
    return {
      ok: false,
      reason: "too_many",
      error,
      ...(retryAfter === undefined ? {} : { retryAfterMs: retryAfter * 1000 }),
    };
  }
  // Auth0 has no code of its own for "not enrolled": the text is all there is (also for an enrolment still pending).
  if (/push notification|notification channel/i.test(failure.description)) {
    return { ok: false, reason: "not_enrolled", error };
  }
  if (failure.status === undefined || failure.status >= 500) {
    return { ok: false, reason: "down", error };
  }
  return { ok: false, reason: "refused", error };
}

export function judgePoll(failure: Auth0Failure): PollAnswer {
  switch (failure.error ?? "") {
    case "authorization_pending":
      return { kind: "pending" };
    case "slow_down":
      return { kind: "slow_down", retryAfterSeconds: failure.retryAfter };
    case "access_denied":
    case "expired_token":
      return { kind: "access_denied" };
    default:
      if (failure.status === 429)
        return { kind: "slow_down", retryAfterSeconds: failure.retryAfter };
      if (failure.status === undefined || failure.status >= 500) return { kind: "unreachable" };
      return { kind: "dead", error: failure.error };
  }
}
