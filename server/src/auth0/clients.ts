/** The two confidential clients of the tenant: one may only exchange at the vault, one may only ask phones. */
import { AuthClient } from "@auth0/auth0-auth-js";

import type { Config } from "../config.ts";

const TIMEOUT_MS = 15_000;

// The SDK's per-call signal does not reach its discovery request, so the time limit stands in the fetch itself.
const timedFetch: typeof fetch = (input, init) =>
  fetch(input, {
    ...init,
    signal: AbortSignal.any([
      AbortSignal.timeout(TIMEOUT_MS),
      ...(init?.signal === undefined || init.signal === null ? [] : [init.signal]),
    ]),
  });

export interface Auth0Clients {
  vault: AuthClient;
  approvals: AuthClient;
}

export function createAuth0Clients(config: Pick<Config, "auth0">): Auth0Clients {
  const make = (client: { clientId: string; clientSecret: string }) =>
    new AuthClient({ domain: config.auth0.domain, customFetch: timedFetch, ...client });
  return { vault: make(config.auth0.vault), approvals: make(config.auth0.approvals) };
}

/** What a failed SDK call said: OAuth error code, HTTP status, Retry-After in seconds. Never the body. */
export interface Auth0Failure {
  error: string | undefined;
  description: string;
  status: number | undefined;
  retryAfter: number | undefined;
}

function text(value: unknown, key: string): string {
  if (typeof value !== "object" || value === null) return "";
  const found: unknown = Reflect.get(value, key);
  return typeof found === "string" || typeof found === "number" ? String(found) : "";
}

export function failureOf(thrown: unknown): Auth0Failure {
  const error = thrown instanceof Error ? thrown : undefined;
  const cause = error?.cause;
  const status = Number(text(error, "statusCode") || text(cause, "statusCode"));
  const headers =
    error !== undefined && "headers" in error && error.headers instanceof Headers
      ? error.headers
      : undefined;
  const wait = Number(headers?.get("retry-after"));
  return {
    error: text(cause, "error") || undefined,
    description: text(cause, "error_description"),
    status: Number.isInteger(status) && status > 0 ? status : undefined,
    retryAfter: Number.isFinite(wait) && wait > 0 ? wait : undefined,
  };
}
