/**
 * Every key of the server's environment but the model's, with a sentence for the person who sets it: `docs/admin/configuration.md` and
 * `.env.example` are made of this (`node scripts/configuration.ts`).
 */
import { z } from "zod";

import { LEVELS } from "./observe/log.ts";

/** May also come from a file that NAME_FILE names, and is never printed. */
export const SECRET = { secret: true } as const;

const Domain = z.string().regex(/^[a-z0-9.-]+(:\d+)?$/i, "must be a host name without https://");
const BaseUrl = z.url({ protocol: /^https?$/ });
const ClientSecret = z.string().min(16, "must have at least 16 characters");

export const Environment = z.object({
  HOST: z
    .string()
    .default("127.0.0.1")
    .describe("Address to listen on; 0.0.0.0 in a container. TLS ends in front of the server."),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(8787)
    .describe("Port to listen on; 0 takes a free one and logs it."),
  EXTENSION_ID: z
    .string()
    .regex(/^[a-p]{32}$/, "must be the extension's 32 letters a-p")
    .describe("The one extension that is answered: 32 letters, on chrome://extensions."),
  AUTH0_DOMAIN: Domain.describe(
    "The tenant's host, without https://: the custom domain if there is one, the same as in the extension's build.",
  ),
  AUTH0_AUDIENCE: z.url().describe("Identifier of the API in the tenant."),
  AUTH0_EXTENSION_CLIENT_ID: z.string().min(1).describe("The extension's client (single page)."),
  AUTH0_VAULT_CLIENT_ID: z
    .string()
    .min(1)
    .describe("The client that may exchange at Token Vault, linked to the API."),
  AUTH0_VAULT_CLIENT_SECRET: ClientSecret.describe("That client's secret.").meta(SECRET),
  AUTH0_APPROVALS_CLIENT_ID: z
    .string()
    .min(1)
    .describe("The client that may ask phones (regular web application with CIBA)."),
  AUTH0_APPROVALS_CLIENT_SECRET: ClientSecret.describe("That client's secret.").meta(SECRET),
  GMAIL_ROOT_URL: BaseUrl.default("https://gmail.googleapis.com/").describe("Gmail's API."),
  CALENDAR_ROOT_URL: BaseUrl.default("https://www.googleapis.com/").describe("Calendar's API."),
  GOOGLE_REVOKE_URL: BaseUrl.default("https://oauth2.googleapis.com/revoke").describe(
    "Where a person's permissions are taken back when they disconnect.",
  ),
  DATABASE_FILE: z
    .string()
    .min(1)
    .optional()
    .describe("The SQLite file of a single process, on a local disk. This or DATABASE_URL."),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe("A Postgres that any number of processes share: postgres://user:password@host/name.")
    .meta(SECRET),
  MASTER_KEY: z
    .base64()
    .refine((text) => Buffer.from(text, "base64").length === 32, "must be 32 bytes in base64")
    .describe(
      "32 random bytes in base64 (`openssl rand -base64 32`) that wrap the key of each person's content. A database without it is unreadable for good.",
    )
    .meta(SECRET),
  POLICY_FILE: z
    .string()
    .min(1)
    .optional()
    .describe(
      "What the organisation sets for everybody, as JSON: [its page](policy.md). Without one the built-in rules hold.",
    ),
  APPROVAL_SECONDS: z.coerce
    .number()
    .int()
    .min(5)
    .max(300)
    .default(300)
    .describe(
      "How long a phone has to answer. 300 is Auth0's limit for a push; longer ones would go by e-mail.",
    ),
  AUTH0_REQUESTS_PER_SECOND: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(25)
    .describe(
      "Pushes and polls of all processes together: below the tenant's rate limit, so that exchanges have room.",
    ),
  LEASE_SECONDS: z.coerce
    .number()
    .min(1)
    .max(600)
    .default(30)
    .describe("After this long without a sign of life, another process takes over what one began."),
  DRAIN_SECONDS: z.coerce
    .number()
    .min(0)
    .max(600)
    .default(8)
    .describe(
      "After a SIGTERM, what was begun may come to its end this long; then it is left to the other processes. Docker and Cloud Run kill after 10.",
    ),
  LINGER_SECONDS: z.coerce
    .number()
    .min(0)
    .max(60)
    .default(0)
    .describe(
      "After a SIGTERM, connections are still taken this long, while `/readyz` says no: for a load balancer that only learns by asking.",
    ),
  LOG_LEVEL: z
    .enum(LEVELS)
    .default("info")
    .describe("The least that is logged: `info`, `warn` or `error`."),
  METRICS_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe("Serves Prometheus's `/metrics` on this port, which is never the API's."),
  METRICS_HOST: z
    .string()
    .default("127.0.0.1")
    .describe("Address for it: whoever reaches it may read it, so it stays off the internet."),
  OTEL_EXPORTER_OTLP_ENDPOINT: BaseUrl.optional().describe(
    "An OpenTelemetry collector's base address (OTLP over HTTP, JSON): traces and metrics go there.",
  ),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .regex(/^[^=,\s]+=[^,]*(,[^=,\s]+=[^,]*)*$/, "must be NAME=VALUE, separated by commas")
    .optional()
    .describe("Headers for the collector: NAME=VALUE, separated by commas.")
    .meta(SECRET),
});
