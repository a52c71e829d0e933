/**
 * CIBA at the tenant as pairs: ask, then judge. One poll a call: a waiting approval is a row, never a blocked promise.
 * Source: auth0.com/docs/api/authentication (back-channel login), OpenID CIBA Core 1.0 sections 7, 10, 11.
 */
import type { AuthClient } from "@auth0/auth0-auth-js";
import { APPROVE_SCOPE } from "@vaultdesk/shared/api.ts";

import { type Auth0Failure, failureOf } from "../auth0/clients.ts";
import type { AuthorizationDetails } from "./details.ts";
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

export function createCiba(client: AuthClient, audience: string): Ciba {
  return {
    async push(request) {
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
    },

    async poll(authReqId) {
      try {
        const reply = await client.backchannelAuthenticationGrant({ authReqId });
        return { kind: "token", accessToken: reply.accessToken };
      } catch (error) {
        return judgePoll(failureOf(error));
      }
    },
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
