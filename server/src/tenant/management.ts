/**
 * Auth0's Management API v2 as ask and judge. One request at a time, since a free tenant takes two a second; 429 waits as long as it says.
 * What may be done twice is tried again; a POST whose answer was lost is not: the next run reads what became of it.
 */
import { parseJson } from "@vaultdesk/shared/json.ts";
import { z } from "zod";

export type Failure =
  /** The token is none, is over, or is another tenant's. */
  | { reason: "token" }
  | { reason: "scope"; scope: string }
  | { reason: "absent" }
  /** Auth0's own words, without what we had sent as a secret. */
  | { reason: "refused"; status: number; code: string; text: string }
  | { reason: "throttled" }
  | { reason: "down"; status: number | undefined };

type Reply = { ok: true; body: unknown } | ({ ok: false } & Failure);
export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

export interface Management {
  ask(method: Method, path: string, body?: unknown): Promise<Reply>;
}

export interface ManagementDeps {
  domain: string;
  token: string;
  fetch: typeof fetch;
  pause: (ms: number) => Promise<unknown>;
  now: () => number;
  /** Never shown, whatever Auth0 says about them. */
  secrets: readonly string[];
}

const TIMEOUT_MS = 15_000;
const TRIES = 4;
const LONGEST_MS = 60_000;
const Refusal = z.object({ errorCode: z.string().optional(), message: z.string().optional() });

export function createManagement(deps: ManagementDeps): Management {
  async function once(method: Method, path: string, body: unknown): Promise<Response | undefined> {
    try {
      return await deps.fetch(`https://${deps.domain}/api/v2/${path}`, {
        method,
        redirect: "error",
        headers: {
          authorization: `Bearer ${deps.token}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      return undefined;
    }
  }

  return {
    async ask(method, path, body) {
      for (let tries = 1; ; tries += 1) {
        const response = await once(method, path, body);
        const waitMs = againIn(response, method, tries, deps.now());
        if (tries < TRIES && waitMs !== undefined) {
          await response?.body?.cancel();
          await deps.pause(waitMs);
        } else if (response === undefined) {
          return { ok: false, reason: "down", status: undefined };
        } else {
          return judge(response.status, await response.text(), deps.secrets);
        }
      }
    },
  };
}

/** How long to wait before the same is asked again; undefined: not at all. */
function againIn(
  response: Response | undefined,
  method: Method,
  tries: number,
  now: number,
): number | undefined {
  if (response?.status === 429) {
    const after = Number(response.headers.get("retry-after")) * 1000;
    const reset = Number(response.headers.get("x-ratelimit-reset")) * 1000 - now;
    const told = [after, reset].filter((ms) => Number.isFinite(ms) && ms > 0);
    return Math.min(LONGEST_MS, Math.max(500, ...told));
  }
  const lost = response === undefined || response.status >= 500;
  return lost && method !== "POST" ? 500 * tries : undefined;
}

function judge(status: number, text: string, secrets: readonly string[]): Reply {
  const body = bodyOf(text);
  if (status < 300) return { ok: true, body };
  const read = Refusal.safeParse(body);
  const { errorCode: code = "", message = "" } = read.success ? read.data : {};
  if (status === 401) return { ok: false, reason: "token" };
  if (status === 403 && code === "insufficient_scope") {
    const scope = /expected any of: (.+)$/.exec(message)?.[1] ?? "another scope";
    return { ok: false, reason: "scope", scope: printable(scope, secrets) };
  }
  if (status === 404) return { ok: false, reason: "absent" };
  if (status === 429) return { ok: false, reason: "throttled" };
  if (status >= 500) return { ok: false, reason: "down", status };
  const told = { code: printable(code, secrets), text: printable(message, secrets) };
  return { ok: false, reason: "refused", status, ...told };
}

/** A 204 has none, and what stands between may answer with a page. */
function bodyOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** One line of at most 300 characters that holds none of the secrets. */
function printable(text: string, secrets: readonly string[]): string {
  const blank = secrets.reduce(
    (left, secret) => (secret === "" ? left : left.replaceAll(secret, "[secret]")),
    text,
  );
  return blank.replace(/\p{C}+/gu, " ").slice(0, 300);
}
