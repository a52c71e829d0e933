/**
 * CIBA in poll mode as Auth0 does it. What `/bc-authorize` refuses before a phone rings, and the grant that polls for the answer.
 * An approval is redeemed once; denied and expired share one code and text; the wait grows for a client that polls too fast.
 * Sources: auth0.com/docs, "mobile push notifications with CIBA" and "user authorization with CIBA"; OpenID CIBA Core 1.0 7, 10, 11.
 */
import {
  type CIBAConfiguration,
  errors,
  type KoaContextWithOIDC,
  type Provider,
  type TokenEndpointGrantContext,
} from "oidc-provider";
import { z } from "zod";

import type { Enrolment, Pushes } from "../phone/pushes.ts";
import { readDetails } from "./guardian-details.ts";
import { issueTokens } from "./issue.ts";
import { oauthError, tooManyRequests } from "./oauth-error.ts";
import { CIBA_GRANT } from "./tenant-rows.ts";
import { accessOf, apiOf, clientOf, type Tenant } from "./tenant.ts";
import { type Directory, profileOf } from "./users.ts";

const MAX_SECONDS = 300;
const TOKEN_SECONDS = 300;
/** Clients and networks jitter. */
const TOLERANCE_MS = 250;
const SLOWER_SECONDS = 5;
/** Without the space, although Auth0's own samples use it: the documented list does not have it. */
const BINDING_MESSAGE = /^[A-Za-z0-9+\-_.,:#]{1,64}$/;

const LoginHint = z.strictObject({
  format: z.literal("iss_sub"),
  iss: z.string(),
  sub: z.string().min(1),
});

const Params = z.object({
  audience: z.string().optional(),
  authorization_details: z.string().optional(),
  requested_expiry: z.string().optional(),
  binding_message: z.string().optional(),
});
type Params = z.infer<typeof Params>;

interface CibaDeps {
  tenant: Tenant;
  pushes: Pushes;
  intervalSeconds: number;
}

const paramsOf = (ctx: KoaContextWithOIDC): Params => Params.parse({ ...ctx.oidc.params });

export function expirySeconds(requested: string | undefined): number | undefined {
  const seconds = requested === undefined ? MAX_SECONDS : Number(requested);
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_SECONDS ? seconds : undefined;
}

function typesOf(tenant: Tenant, audience: string | undefined): string[] {
  const api = apiOf(tenant, audience);
  return (api?.authorization_details ?? []).map((one) => one.type);
}

const TRANSACTIONAL = "transactional-authorization-with-mfa";

/** Why a push can't reach the person. */
function deafness(
  tenant: Tenant,
  clientId: string | undefined,
  phone: Enrolment,
): string | undefined {
  const { factors, provider } = tenant.guardian;
  const channels = clientOf(tenant, clientId)?.async_approval_notification_channels ?? [];
  if (!channels.includes("guardian-push")) return "The channel is not enabled for the client";
  if (!factors.includes("push-notification")) return "Push notifications are not enabled";
  if (provider !== "guardian") return "Push notifications go to another provider";
  return phone === "confirmed" ? undefined : "User does not have push notifications set up";
}

export function cibaConfiguration(deps: CibaDeps): CIBAConfiguration {
  const { tenant, pushes } = deps;
  return {
    enabled: true,
    deliveryModes: ["poll"],
    processLoginHint(_ctx, hint) {
      let json: unknown;
      try {
        json = JSON.parse(hint ?? "");
      } catch {
        throw new errors.InvalidRequest("login_hint must be a JSON object");
      }
      const parsed = LoginHint.safeParse(json);
      if (!parsed.success) {
        throw new errors.InvalidRequest("login_hint must be an object of format iss_sub");
      }
      if (parsed.data.iss !== tenant.issuer) {
        throw new errors.InvalidRequest("iss within login_hint must be this tenant's issuer");
      }
      return parsed.data.sub;
    },
    processLoginHintToken() {
      throw new errors.InvalidRequest("login_hint_token is not supported");
    },
    validateBindingMessage(_ctx, message) {
      if (message === undefined) throw new errors.InvalidRequest("binding_message is required");
      if (!BINDING_MESSAGE.test(message)) {
        throw new errors.InvalidBindingMessage(
          "binding_message must be at most 64 characters of alphanumerics and +-_.,:#",
        );
      }
    },
    validateRequestContext(ctx) {
      const params = paramsOf(ctx);
      if (expirySeconds(params.requested_expiry) === undefined) {
        throw new errors.InvalidRequest(`requested_expiry must be between 1 and ${MAX_SECONDS}`);
      }
      if (params.audience === undefined) throw new errors.InvalidRequest("audience is required");
      const read = readDetails(params.authorization_details, typesOf(tenant, params.audience));
      if (!read.ok) throw new errors.InvalidAuthorizationDetails(read.why);
      if (apiOf(tenant, params.audience)?.consent_policy === TRANSACTIONAL) {
        throw new errors.InvalidRequest(`consent_policy ${TRANSACTIONAL} is not supported`);
      }
    },
    verifyUserCode(ctx, account) {
      const why = deafness(tenant, ctx.oidc.client?.clientId, pushes.enrolment(account.accountId));
      if (why !== undefined) {
        throw new errors.InvalidRequest(
          `No eligible notification channels were found. guardian-push: ${why}`,
        );
      }
      const wait = pushes.wait(account.accountId);
      if (wait > 0) throw tooManyRequests(ctx, wait);
    },
    triggerAuthenticationDevice(ctx, request, account, client) {
      const params = paramsOf(ctx);
      const audience = params.audience ?? "";
      const read = readDetails(params.authorization_details, typesOf(tenant, audience));
      if (!read.ok) throw new errors.InvalidAuthorizationDetails(read.why);
      const seconds = expirySeconds(params.requested_expiry) ?? MAX_SECONDS;
      pushes.add(request.jti, {
        clientId: client.clientId,
        appName: clientOf(tenant, client.clientId)?.name ?? "",
        sub: account.accountId,
        bindingMessage: params.binding_message ?? "",
        details: read.details,
        audience,
        scope: [...ctx.oidc.requestParamScopes].join(" "),
        seconds,
        intervalSeconds: deps.intervalSeconds,
      });
      ctx.body = {
        auth_req_id: request.jti,
        expires_in: seconds,
        interval: deps.intervalSeconds,
      };
    },
  };
}

const OIDC = new Set(["openid", "profile", "email"]);

export function registerCibaGrant(
  deps: CibaDeps & { provider: Provider; directory: Directory; now(): number },
): void {
  const { provider, pushes, tenant, directory } = deps;

  async function handle(ctx: TokenEndpointGrantContext): Promise<void> {
    const { auth_req_id: id } = z.object({ auth_req_id: z.string() }).parse({ ...ctx.oidc.params });
    const row = pushes.ofRequest(id);
    if (row === undefined || row.clientId !== ctx.oidc.client.clientId || row.spent) {
      throw oauthError(400, "invalid_grant", "Invalid or expired auth_req_id");
    }
    const soonest = (row.lastPollAt ?? 0) + row.intervalSeconds * 1000 - TOLERANCE_MS;
    if (deps.now() < soonest) {
      const interval = row.intervalSeconds + SLOWER_SECONDS;
      pushes.put({ ...row, intervalSeconds: interval, lastPollAt: deps.now() });
      ctx.status = 400;
      ctx.set("Retry-After", String(interval));
      ctx.body = {
        error: "slow_down",
        error_description: `You are polling faster than allowed. Try again in ${interval} seconds.`,
        interval,
      };
      return;
    }
    const polled = { ...row, lastPollAt: deps.now() };
    switch (pushes.stateOf(row)) {
      case "pending":
        pushes.put(polled);
        ctx.status = 400;
        ctx.body = {
          error: "authorization_pending",
          error_description: "The end-user authorization is pending",
        };
        return;
      case "denied":
      case "expired":
        pushes.put({ ...polled, spent: true });
        ctx.status = 400;
        ctx.body = {
          error: "access_denied",
          error_description: "The end-user denied the authorization request or it has been expired",
        };
        return;
      case "approved":
        pushes.put({ ...polled, spent: true });
    }
    const access = accessOf(tenant, row.clientId, row.audience, "user");
    const user = directory.find(row.sub);
    if ("refused" in access || user === undefined)
      throw oauthError(403, "access_denied", "The approval can no longer be granted");
    const scopes = row.scope
      .split(" ")
      .filter((scope) => OIDC.has(scope) || access.scopes.includes(scope));
    const issued = await issueTokens(provider, ctx, {
      sub: row.sub,
      profile: profileOf(user),
      grantId: row.id,
      gty: "ciba",
      api: access.api,
      scopes,
      seconds: Math.min(TOKEN_SECONDS, access.api.token_lifetime),
      details: row.details,
      claims: { amr: ["mfa"], auth_time: Math.floor((row.decidedAt ?? deps.now()) / 1000) },
    });
    ctx.body = { ...issued, authorization_details: [row.details] };
  }

  provider.registerGrantType(CIBA_GRANT, handle, ["auth_req_id"]);
}
