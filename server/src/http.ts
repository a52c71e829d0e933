/** The edge: who calls, what they sent, how a problem leaves. Every room's routes stand on these. */
import type { Route } from "@vaultdesk/shared/api.ts";
import type { Problem, ProblemCode } from "@vaultdesk/shared/problem.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import type { Context, Env } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { z } from "zod";

import type { Principal } from "./auth0/principal.ts";
import type { Bindings } from "./edge/straight.ts";

export interface AppEnv extends Env {
  Bindings: Bindings;
  Variables: { principal: Principal };
}

const STATUS: Readonly<Record<ProblemCode, ContentfulStatusCode>> = {
  bad_request: 400,
  too_large: 413,
  too_many: 429,
  signed_out: 401,
  signed_out_everywhere: 401,
  forbidden: 403,
  not_found: 404,
  thread_unknown: 404,
  draft_unknown: 404,
  draft_changed: 409,
  address_refused: 422,
  google_not_connected: 409,
  google_reconnect: 409,
  google_scope_missing: 409,
  google_throttled: 429,
  google_down: 502,
  google_refused: 502,
  vault_down: 502,
  phone_not_enrolled: 409,
  push_refused: 502,
  denied_before: 409,
  not_asked_for: 409,
  already_asked: 409,
  event_unknown: 404,
  event_not_yours: 403,
  label_unknown: 422,
  nothing_to_move: 409,
  too_many_mails: 422,
  not_again: 409,
  bundle_too_large: 422,
  attachment_unknown: 404,
  attachments_too_large: 422,
  too_many_templates: 409,
  conversation_busy: 409,
  role_lacks: 403,
  nobody_to_approve: 409,
  room_changed: 409,
  party_unknown: 422,
  quote_unknown: 422,
  mail_not_here: 404,
  last_lead: 409,
  beyond_policy: 422,
  member_already: 409,
  absence_refused: 422,
  room_full: 409,
  not_for_them: 403,
  organisation_refuses: 403,
  tier_break: 409,
  not_own_side: 403,
  document_lower: 403,
  on_hold: 409,
  forget_on_hold: 409,
  forget_leads: 409,
  forget_busy: 409,
  interrupted: 503,
  restarting: 503,
  model_down: 502,
  model_throttled: 429,
  model_cut: 502,
  model_refused: 502,
  budget: 422,
  store_down: 503,
  internal: 500,
};

export function refuse(c: Context, refusal: Problem): Response {
  if (refusal.retryAfter !== undefined) c.header("Retry-After", String(refusal.retryAfter));
  return c.json({ problem: refusal }, STATUS[refusal.code]);
}

/** For what another process has to do: by then, the next request comes to it. */
export function restarting(): Problem {
  return problem("restarting", { retryAfter: 1 });
}

export function notFound(c: Context): Response {
  return refuse(c, problem("not_found"));
}

/** A path parameter; routes are matched by the paths of `shared/api.ts`, so it is there. */
export function param(
  c: Context,
  name: "id" | "draftId" | "memberId" | "linkId" | "entryId" | "documentId",
): string {
  return c.req.param(name) ?? "";
}

/** The parsed body, or `undefined` for anything that is not what the route takes. */
export async function bodyOf<B extends z.ZodType, R extends z.ZodType>(
  c: Context,
  route: Route<B, R>,
): Promise<z.output<B> | undefined> {
  const parsed = route.body.safeParse(await c.req.json().catch(() => undefined));
  return parsed.success ? parsed.data : undefined;
}

/** A reply that is proven to fit the contract before it leaves. */
export function reply<B extends z.ZodType, R extends z.ZodType>(
  c: Context,
  route: Route<B, R>,
  value: z.input<R>,
): Response {
  return c.json(route.reply.parse(value));
}
