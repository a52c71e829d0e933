/**
 * The tenant's door: faults, CORS for the extension, then oidc-provider or our own routes. Auth0 reads JSON bodies and `audience` where
 * oidc-provider wants forms and `resource` (RFC 8707), so those requests are read here and handed on rewritten.
 */
import { IncomingMessage, type ServerResponse } from "node:http";

import { z } from "zod";

import type { Fault } from "./faults.ts";
import { accessOf, type Tenant } from "./tenant.ts";

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;

const FORMS = new Set(["/oauth/token", "/oauth/revoke", "/bc-authorize"]);
const OIDC = /^\/(authorize|oidc\/logout|\.well-known)(\/|$)/;
const RETRY_SECONDS = 3;

const Body = z.record(z.string(), z.unknown());

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** undefined: not an object. */
function formOf(text: string, type: string): URLSearchParams | undefined {
  if (!type.includes("json")) return new URLSearchParams(text);
  let json: unknown;
  try {
    json = JSON.parse(text === "" ? "{}" : text);
  } catch {
    return undefined;
  }
  const body = Body.safeParse(json);
  if (!body.success) return undefined;
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(body.data)) {
    if (value === undefined || value === null) continue;
    form.set(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  return form;
}

function answer(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

function fail(response: ServerResponse, path: string, fault: Fault): void {
  if (fault === "timeout") return;
  const problem = path.startsWith("/me/");
  const management = path.startsWith("/api/v2/");
  if (fault === "down") {
    answer(response, 503, { error: "temporarily_unavailable", error_description: "down" });
    return;
  }
  const text = "Global limit has been reached";
  if (management) {
    const reset = Math.ceil(Date.now() / 1000) + 1;
    answer(
      response,
      429,
      {
        statusCode: 429,
        error: "Too Many Requests",
        message: text,
        errorCode: "too_many_requests",
      },
      { "x-ratelimit-limit": "2", "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${reset}` },
    );
    return;
  }
  answer(
    response,
    429,
    problem
      ? { type: "too_many_requests", status: 429, title: "Too Many Requests", detail: text }
      : { error: "too_many_requests", error_description: text },
    { "retry-after": String(RETRY_SECONDS) },
  );
}

export function createFront(deps: {
  tenant: Tenant;
  take(path: string): Fault | undefined;
  oidc: Handle;
  routes: Handle;
}): Handle {
  /** Auth0 also lets in the origins of callback addresses. */
  const allowed = (origin: string) =>
    deps.tenant.clients.some(
      (client) =>
        client.allowed_origins.includes(origin) ||
        client.callbacks.some((callback) => new URL(callback).origin === origin),
    );

  /** True when the preflight is answered. */
  function cors(request: IncomingMessage, response: ServerResponse): boolean {
    const { origin } = request.headers;
    if (origin === undefined || !allowed(origin)) return false;
    response.setHeader("access-control-allow-origin", origin);
    response.setHeader("access-control-expose-headers", "retry-after, x-ratelimit-reset");
    response.setHeader("vary", "origin");
    if (request.method !== "OPTIONS") return false;
    response.writeHead(204, {
      "access-control-allow-methods": "GET, POST, DELETE",
      "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "",
      "access-control-max-age": "600",
    });
    response.end();
    return true;
  }

  function rewrite(form: URLSearchParams): string | undefined {
    if (form.get("grant_type") !== "client_credentials") return undefined;
    const audience = form.get("audience");
    if (audience === null) return "No audience parameter was provided";
    form.set("resource", audience);
    if (form.has("scope")) return undefined;
    // Auth0: no scope asks for every scope of the client grant.
    const access = accessOf(deps.tenant, form.get("client_id") ?? "", audience, "client");
    if ("refused" in access) return access.refused;
    form.set("scope", access.scopes.join(" "));
    return undefined;
  }

  async function handForm(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = formOf(await readAll(request), request.headers["content-type"] ?? "");
    if (form === undefined) {
      answer(response, 400, { error: "invalid_request", error_description: "Invalid JSON body" });
      return;
    }
    const refused = rewrite(form);
    if (refused !== undefined) {
      answer(response, 403, { error: "access_denied", error_description: refused });
      return;
    }
    const body = Buffer.from(form.toString());
    const inner = new IncomingMessage(request.socket);
    // Read to its end without `complete`, a request counts as aborted and takes the socket down.
    Object.assign(inner, { method: request.method, url: request.url, complete: true });
    inner.headers = {
      ...request.headers,
      "content-type": "application/x-www-form-urlencoded",
      "content-length": String(body.length),
    };
    inner.push(body);
    inner.push(null);
    await deps.oidc(inner, response);
  }

  return async (request, response) => {
    const url = new URL(request.url ?? "/", deps.tenant.issuer);
    if (cors(request, response)) return;
    const fault = request.method === "OPTIONS" ? undefined : deps.take(url.pathname);
    if (fault !== undefined) {
      request.resume();
      fail(response, url.pathname, fault);
      return;
    }
    if (request.method === "POST" && FORMS.has(url.pathname)) {
      await handForm(request, response);
    } else if (OIDC.test(url.pathname) || FORMS.has(url.pathname)) {
      const scope = (url.searchParams.get("scope") ?? "").split(" ");
      if (scope.includes("offline_access") && url.searchParams.get("prompt") !== "none") {
        // OpenID Connect Core 11 wants consent for it; Auth0 does not.
        const prompt = url.searchParams.get("prompt");
        url.searchParams.set("prompt", prompt === null ? "consent" : `${prompt} consent`);
        request.url = `${url.pathname}${url.search}`;
      }
      await deps.oidc(request, response);
    } else {
      await deps.routes(request, response);
    }
  };
}
