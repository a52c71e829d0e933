/**
 * An Auth0 tenant for a crowd: only what the approvals and vault clients speak, lean enough for thousands of polls a second, and it keeps
 * the time of each. `standins/src/auth0` is the strict one; this one is for load. It judges too: a poll before its interval is counted.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";

import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { z } from "zod";

import type { Certificate } from "../tls.ts";

export interface CrowdTenant {
  env: Readonly<Record<string, string>>;
  /** Says yes for these people, now. */
  approve(sub: string): void;
  pending(): number;
  /** An access token of this person's panel. */
  bearer(sub: string): Promise<string>;
  stats(): CrowdStats;
  /** When this person's yes was told, milliseconds since the epoch. */
  toldAt(sub: string): number | undefined;
  /** Forgets what was counted so far. */
  reset(): void;
  close(): Promise<void>;
}

export interface CrowdStats {
  polls: number;
  /** Polls that came before their interval had passed. */
  early: number;
  /** Milliseconds that polls came later than they might have: half, 99 of 100, the worst. */
  late: { p50: number; p99: number; max: number };
}

interface Request {
  sub: string;
  details: unknown;
  audience: string;
  scope: string;
  /** The earliest lawful time of the next poll. */
  nextAt: number;
  expiresAt: number;
  approved: boolean;
}

const CIBA = "urn:openid:params:grant-type:ciba";
const CLIENTS = {
  approvals: "crowd-approvals",
  vault: "crowd-vault",
  extension: "crowd-extension",
};
const AUDIENCE = "https://api.vaultdesk.app";
const Hint = z.object({ sub: z.string() });
const Asked = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  login_hint: z.string(),
  audience: z.string(),
  scope: z.string(),
  requested_expiry: z.coerce.number(),
  authorization_details: z.string(),
});

export async function startCrowdTenant(options: {
  tls: Certificate;
  intervalSeconds: number;
  /** Told of each request as it arrives, which goes on when this has ended. */
  arrived(): Promise<void>;
  /** The vault: this person's Google token. */
  issue(sub: string): { accessToken: string; scopes: string[]; expiresAt: number };
}): Promise<CrowdTenant> {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const jwks = {
    keys: [{ ...(await exportJWK(publicKey)), kid: "crowd", alg: "RS256", use: "sig" }],
  };
  const secret = randomBytes(24).toString("base64url");
  const intervalMs = options.intervalSeconds * 1000;
  const requests = new Map<string, Request>();
  const bySub = new Map<string, string>();
  const told = new Map<string, number>();
  let lateness: number[] = [];
  let early = 0;
  let issuer = "";

  function sign(sub: string, audience: string, claims: JWTPayload): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid: "crowd", typ: "JWT" })
      .setSubject(sub)
      .setIssuer(issuer)
      .setAudience(audience)
      .setJti(randomBytes(12).toString("hex"))
      .setIssuedAt()
      .setExpirationTime("30m")
      .sign(privateKey);
  }

  function push(form: URLSearchParams): Answer {
    const asked = Asked.safeParse(Object.fromEntries(form));
    if (!asked.success) return refused("invalid_request");
    const { data } = asked;
    if (!known(data.client_secret) || data.client_id !== CLIENTS.approvals)
      return refused("invalid_client");
    const id = randomBytes(24).toString("base64url");
    const details: unknown = JSON.parse(data.authorization_details);
    const { sub } = Hint.parse(JSON.parse(data.login_hint));
    const now = Date.now();
    requests.set(id, {
      sub,
      details,
      audience: data.audience,
      scope: data.scope,
      nextAt: now + intervalMs,
      expiresAt: now + data.requested_expiry * 1000,
      approved: false,
    });
    bySub.set(sub, id);
    return {
      status: 200,
      body: {
        auth_req_id: id,
        expires_in: data.requested_expiry,
        interval: options.intervalSeconds,
      },
    };
  }

  function known(given: string | null): boolean {
    const bytes = Buffer.from(given ?? "");
    return bytes.length === secret.length && timingSafeEqual(bytes, Buffer.from(secret));
  }

  async function poll(form: URLSearchParams): Promise<Answer> {
    const id = form.get("auth_req_id") ?? "";
    const request = requests.get(id);
    if (request === undefined) return refused("invalid_grant");
    const now = Date.now();
    lateness.push(now - request.nextAt);
    if (now < request.nextAt) early += 1;
    request.nextAt = now + intervalMs;
    if (!request.approved && now < request.expiresAt) return refused("authorization_pending");
    requests.delete(id);
    if (!request.approved) return refused("access_denied");
    told.set(request.sub, now);
    const accessToken = await sign(request.sub, request.audience, {
      azp: CLIENTS.approvals,
      scope: request.scope,
      authorization_details: request.details,
    });
    return {
      status: 200,
      body: {
        access_token: accessToken,
        expires_in: 300,
        token_type: "Bearer",
        scope: request.scope,
      },
    };
  }

  function exchange(form: URLSearchParams): Answer {
    const [, payload = ""] = (form.get("subject_token") ?? "").split(".");
    const { sub } = Hint.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
    const issued = options.issue(sub);
    return {
      status: 200,
      body: {
        access_token: issued.accessToken,
        scope: issued.scopes.join(" "),
        expires_in: Math.floor((issued.expiresAt - Date.now()) / 1000),
        issued_token_type: "http://auth0.com/oauth/token-type/federated-connection-access-token",
        token_type: "Bearer",
      },
    };
  }

  async function route(path: string, form: URLSearchParams): Promise<Answer> {
    switch (path) {
      case "/oauth/token":
        if (!known(form.get("client_secret"))) return refused("invalid_client");
        return form.get("grant_type") === CIBA ? poll(form) : exchange(form);
      case "/bc-authorize":
        return push(form);
      case "/.well-known/jwks.json":
        return { status: 200, body: jwks };
      case "/.well-known/openid-configuration":
        return {
          status: 200,
          body: {
            issuer,
            authorization_endpoint: `${issuer}authorize`,
            token_endpoint: `${issuer}oauth/token`,
            backchannel_authentication_endpoint: `${issuer}bc-authorize`,
            jwks_uri: `${issuer}.well-known/jwks.json`,
            response_types_supported: ["code"],
            subject_types_supported: ["public"],
            id_token_signing_alg_values_supported: ["RS256"],
          },
        };
      default:
        return { status: 404, body: {} };
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    await options.arrived();
    const answer = await route(request.url ?? "", new URLSearchParams(text));
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(JSON.stringify(answer.body));
  }

  const server = createServer(options.tls, (request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((ready) => {
    server.listen(0, "127.0.0.1", ready);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  issuer = `https://localhost:${address.port}/`;
  return {
    env: {
      AUTH0_DOMAIN: `localhost:${address.port}`,
      AUTH0_AUDIENCE: AUDIENCE,
      AUTH0_EXTENSION_CLIENT_ID: CLIENTS.extension,
      AUTH0_VAULT_CLIENT_ID: CLIENTS.vault,
      AUTH0_VAULT_CLIENT_SECRET: secret,
      AUTH0_APPROVALS_CLIENT_ID: CLIENTS.approvals,
      AUTH0_APPROVALS_CLIENT_SECRET: secret,
    },
    approve(sub) {
      const request = requests.get(bySub.get(sub) ?? "");
      if (request !== undefined) request.approved = true;
    },
    pending: () => requests.size,
    bearer: (sub) => sign(sub, AUDIENCE, { azp: CLIENTS.extension, scope: "agent:use" }),
    stats() {
      const sorted = lateness.toSorted((a, b) => a - b);
      const at = (share: number) =>
        sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
      return { polls: sorted.length, early, late: { p50: at(0.5), p99: at(0.99), max: at(1) } };
    },
    reset() {
      lateness = [];
      early = 0;
    },
    toldAt: (sub) => told.get(sub),
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => {
        server.close(closed);
      });
    },
  };
}

interface Answer {
  status: number;
  body: object;
}

function refused(error: string): Answer {
  return { status: 400, body: { error, error_description: error.replaceAll("_", " ") } };
}
