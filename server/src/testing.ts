/** For tests: the whole server in this process on the stand-ins, its log kept, and calls as the panel makes them. */
import { randomBytes } from "node:crypto";
import tls from "node:tls";

import type { Route } from "@vaultdesk/shared/api.ts";
import { EVENTS_PATH } from "@vaultdesk/shared/api.ts";
import { ConversationEvent } from "@vaultdesk/shared/event.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import { startAuth0 } from "@vaultdesk/standins/auth0/start.ts";
import { startBedrock } from "@vaultdesk/standins/bedrock/start.ts";
import { startGoogle } from "@vaultdesk/standins/google/start.ts";
import { createCertificate } from "@vaultdesk/standins/tls.ts";
import { visit } from "@vaultdesk/standins/visitor.ts";
import type { z } from "zod";

import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { createDeps } from "./deps.ts";
import { createLimits, type Limits } from "./edge/limits.ts";
import { createLog } from "./observe/log.ts";
import { openStore, type StorePlace } from "./store/open.ts";
import { setUpStandIn } from "./tenant/testing.ts";

const EXTENSION_ID = "abcdefghijklmnopabcdefghijklmnop";
export const MAYA = "google-oauth2|1001";
export const MAYA_MAIL = "maya@northgate.example";
export const ANA = "google-oauth2|1002";
export const ANA_MAIL = "ana.ruiz@helio-capital.example";

/** Limits of a clock that goes on a minute with each request. */
export function tireless(): Limits {
  let clock = 0;
  return createLimits(() => (clock += 60_000));
}

export async function startOffice(
  options: {
    approvalSeconds?: number;
    phone?: "confirmed" | "pending" | "none";
    store?: StorePlace;
    leaseSeconds?: number;
    /** Aborted when this server is to leave. */
    leaving?: AbortSignal;
    /** Before the first word of a `slow` answer. */
    slowMs?: number;
    /** On a tenant that `setup auth0` made of a new one. */
    setUp?: boolean;
    /** Everybody may ask as often as they like. */
    tireless?: boolean;
    /** Instead of the Bedrock stand-in's. */
    model?: Readonly<Record<string, string>>;
    /** A file with what the organisation sets. */
    policyFile?: string;
  } = {},
) {
  const certificate = await createCertificate();
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), certificate.cert]);
  const google = await startGoogle({
    users: [
      { email: MAYA_MAIL, name: "Maya Field" },
      { email: ANA_MAIL, name: "Ana Ruiz" },
    ],
  });
  const auth0 = await startAuth0({
    google,
    users: [
      { sub: MAYA, email: MAYA_MAIL, name: "Maya Field", phone: options.phone ?? "confirmed" },
      { sub: ANA, email: ANA_MAIL, name: "Ana Ruiz", phone: "confirmed" },
    ],
    tls: certificate,
    extensionId: EXTENSION_ID,
    intervalSeconds: 1,
    tenant: options.setUp === true ? "empty" : "ready",
  });
  const tenantEnv = options.setUp === true ? await setUpStandIn(auth0, EXTENSION_ID) : auth0.env;
  const bedrock = await startBedrock({ deltaMs: 0, slowMs: options.slowMs ?? 3000 });
  const place = options.store ?? { file: ":memory:" };
  const env: Record<string, string> = {
    ...tenantEnv,
    EXTENSION_ID,
    GMAIL_ROOT_URL: google.url,
    GOOGLE_REVOKE_URL: `${google.url}revoke`,
    CALENDAR_ROOT_URL: google.url,
    BEDROCK_REGION: "eu-central-1",
    BEDROCK_MODEL_ID: "amazon.nova-lite-v1:0",
    BEDROCK_ENDPOINT: bedrock.url,
    ...("url" in place ? { DATABASE_URL: place.url } : { DATABASE_FILE: place.file }),
    LEASE_SECONDS: String(options.leaseSeconds ?? 30),
    MASTER_KEY: randomBytes(32).toString("base64"),
    APPROVAL_SECONDS: String(options.approvalSeconds ?? 60),
    MODEL_RETRY_MS: "1",
    ...(options.policyFile === undefined ? {} : { POLICY_FILE: options.policyFile }),
    ...options.model,
  };
  const read = readConfig(env);
  if (!read.ok) throw new Error(read.problems.join());
  const lines: string[] = [];
  const log = createLog((line) => lines.push(line));
  const store = await openStore(place, log);
  const { db } = store;
  const deps = createDeps(read.config, store, log, options.leaving);
  deps.runs.watch();
  deps.watcher.start();
  const app = createApp(options.tireless === true ? { ...deps, limits: tireless() } : deps);

  async function call<B extends z.ZodType, R extends z.ZodType>(
    bearer: string,
    route: Route<B, R>,
    parameters: Readonly<Record<string, string>> = {},
    body?: unknown,
  ): Promise<{ status: number; body: unknown }> {
    const path = Object.entries(parameters).reduce(
      (text, [key, value]) => text.replace(`:${key}`, value),
      route.path,
    );
    const response = await app.request(path, {
      method: route.method,
      headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: parseJson(await response.text()) };
  }

  /** Reads the stream from event 0 until `enough` says so. */
  async function events(
    bearer: string,
    conversationId: string,
    enough: (seen: ConversationEvent[]) => boolean,
  ): Promise<ConversationEvent[]> {
    const stop = new AbortController();
    const response = await app.request(EVENTS_PATH.replace(":id", conversationId), {
      headers: { authorization: `Bearer ${bearer}` },
      signal: AbortSignal.any([stop.signal, AbortSignal.timeout(10_000)]),
    });
    const seen: ConversationEvent[] = [];
    let rest = "";
    for await (const chunk of response.body ?? []) {
      rest += Buffer.from(chunk).toString();
      const whole = rest.split("\n\n");
      rest = whole.pop() ?? "";
      for (const block of whole) {
        const data = /^data: ([^\n]*)/m.exec(block)?.[1];
        if (data !== undefined) seen.push(ConversationEvent.parse(parseJson(data)));
      }
      if (enough(seen)) break;
    }
    stop.abort();
    return seen;
  }

  return {
    google,
    auth0,
    bedrock,
    db,
    deps,
    env,
    lines,
    app,
    call,
    events,
    visit: (sub: string) => visit({ ...auth0, env: tenantEnv }, EXTENSION_ID, sub),
    async close() {
      await deps.watcher.stop();
      await deps.runs.stop();
      await Promise.all([auth0.close(), google.close(), bedrock.close()]);
      await store.close();
    },
  };
}
