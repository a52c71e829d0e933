/** What an error of the Auth0 client means for the person. Pure. */
import { GenericError } from "@auth0/auth0-spa-js";

import type { FlowEnd, Token } from "../messages/protocol.ts";

const SIGN_IN_AGAIN: ReadonlySet<string> = new Set([
  "missing_refresh_token",
  "invalid_grant",
  "invalid_refresh_token",
  "login_required",
  "consent_required",
  "interaction_required",
]);

function say(error: unknown): string {
  if (error instanceof GenericError) return error.error_description || error.error;
  return error instanceof Error ? error.message : "Auth0 did not answer.";
}

export function readTokenFailure(error: unknown): Token {
  if (error instanceof GenericError && SIGN_IN_AGAIN.has(error.error)) {
    return { state: "signed_out" };
  }
  return { state: "unreachable", detail: say(error) };
}

export function readFlowFailure(error: unknown): FlowEnd {
  if (error instanceof GenericError && error.error === "access_denied") {
    return { outcome: "cancelled" };
  }
  return { outcome: "failed", detail: say(error) };
}
