/** Reads a tenant: some ten requests, more only where it has more than a hundred applications or grants. */
import { z } from "zod";

import { type Found, FoundApi, FoundClient, FoundConnection, FoundGrant } from "./found.ts";
import { GOOGLE, type Installation, myAccountOf } from "./installation.ts";
import type { Failure, Management } from "./management.ts";

export type Reading = { ok: true; found: Found } | { ok: false; failures: readonly Failure[] };

/** Scopes of a token that only looks. */
export const READ_SCOPES: readonly string[] = [
  "read:clients",
  "read:resource_servers",
  "read:client_grants",
  "read:connections",
  "read:guardian_factors",
  "read:mfa_policies",
];

const PAGE = 100;
const Factors = z.array(z.looseObject({ name: z.string(), enabled: z.boolean() }));

export async function readTenant(
  management: Management,
  installation: Installation,
): Promise<Reading> {
  const failures: Failure[] = [];

  /** Undefined: it is not there, or it failed and is told with the others. */
  async function one<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
    const reply = await management.ask("GET", path);
    if (!reply.ok) {
      if (reply.reason !== "absent") failures.push(reply);
      return undefined;
    }
    const read = schema.safeParse(reply.body);
    if (read.success) return read.data;
    failures.push({ reason: "refused", status: 200, code: "", text: `${path}: an unknown shape` });
    return undefined;
  }

  async function pages<T>(path: string, name: string, schema: z.ZodType<T>): Promise<T[]> {
    const Listed = z.object({ total: z.number(), [name]: z.array(schema) });
    const all: T[] = [];
    for (let page = 0; ; page += 1) {
      const query = `page=${page}&per_page=${PAGE}&include_totals=true`;
      const body = await one(`${path}${path.includes("?") ? "&" : "?"}${query}`, Listed);
      const rows = body?.[name];
      if (!Array.isArray(rows) || rows.length === 0) return all;
      all.push(...rows);
      if (all.length >= Number(body?.["total"])) return all;
    }
  }

  async function enabledFor(connection: string): Promise<string[]> {
    const Listed = z.object({
      clients: z.array(z.object({ client_id: z.string() })),
      next: z.string().nullish(),
    });
    const ids: string[] = [];
    let from = "";
    for (;;) {
      const body = await one(`connections/${connection}/clients?take=${PAGE}${from}`, Listed);
      ids.push(...(body?.clients ?? []).map((client) => client.client_id));
      if (typeof body?.next !== "string" || body.next === "") return ids;
      from = `&from=${encodeURIComponent(body.next)}`;
    }
  }

  const api = (identifier: string) =>
    one(`resource-servers/${encodeURIComponent(identifier)}`, FoundApi);
  const grants = (audience: string) =>
    pages(`client-grants?audience=${encodeURIComponent(audience)}`, "client_grants", FoundGrant);

  const clients = await pages("clients", "clients", FoundClient);
  const me = myAccountOf(installation);
  const apis = [await api(installation.audience), await api(me)].filter((row) => row !== undefined);
  const granted: Found["grants"][number][] = [];
  for (const { identifier } of apis) granted.push(...(await grants(identifier)));
  const [connection] = (await one(`connections?name=${GOOGLE}`, z.array(FoundConnection))) ?? [];
  const enabled = connection === undefined ? [] : await enabledFor(connection.id);
  const factors = await one("guardian/factors", Factors);
  const provider = await one(
    "guardian/factors/push-notification/selected-provider",
    z.looseObject({ provider: z.string().optional() }),
  );
  const mfaPolicies = await one("guardian/policies", z.array(z.string()));
  if (failures.length > 0) return { ok: false, failures };
  return {
    ok: true,
    found: {
      clients,
      apis,
      grants: granted,
      connection,
      enabled,
      factors: (factors ?? []).filter((factor) => factor.enabled).map((factor) => factor.name),
      pushProvider: provider?.provider,
      mfaPolicies: mfaPolicies ?? [],
    },
  };
}
