/**
 * oidc-provider's persistence on the tenant's database: sessions, interactions, codes, grants, refresh tokens. Clients come from the
 * tenant itself, as it is at that moment.
 */
import type { DatabaseSync } from "node:sqlite";

import type { Adapter, AdapterFactory, AdapterPayload, ClientMetadata } from "oidc-provider";
import { z } from "zod";

const FOREVER = 8_640_000_000_000_000;

const Row = z.object({ payload: z.string() });
const Payload = z.custom<AdapterPayload>((value) => typeof value === "object" && value !== null);

function read(row: unknown): AdapterPayload | undefined {
  return row === undefined ? undefined : Payload.parse(JSON.parse(Row.parse(row).payload));
}

/** Rows past their time are gone for every reader. */
export function createAdapter(
  database: DatabaseSync,
  clientOf: (id: string) => ClientMetadata | undefined,
): AdapterFactory {
  database.exec(`
    CREATE TABLE IF NOT EXISTS oidc (
      model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, grant_id TEXT, uid TEXT, expires_at INTEGER NOT NULL,
      PRIMARY KEY (model, id)
    ) STRICT;
    CREATE INDEX IF NOT EXISTS oidc_grant ON oidc (grant_id);
    CREATE INDEX IF NOT EXISTS oidc_uid ON oidc (uid);
  `);
  database.prepare("DELETE FROM oidc WHERE expires_at <= ?").run(Date.now());
  const find = database.prepare(
    "SELECT payload FROM oidc WHERE model = ? AND id = ? AND expires_at > ?",
  );
  const findByUid = database.prepare(
    "SELECT payload FROM oidc WHERE model = ? AND uid = ? AND expires_at > ?",
  );
  const upsert = database.prepare(`
    INSERT INTO oidc (model, id, payload, grant_id, uid, expires_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (model, id) DO UPDATE SET payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid,
      expires_at = excluded.expires_at`);
  const consume = database.prepare(
    "UPDATE oidc SET payload = json_set(payload, '$.consumed', ?) WHERE model = ? AND id = ?",
  );
  const destroy = database.prepare("DELETE FROM oidc WHERE model = ? AND id = ?");
  const revoke = database.prepare("DELETE FROM oidc WHERE model = ? AND grant_id = ?");

  return (model): Adapter => ({
    async find(id) {
      if (model === "Client") return clientOf(id);
      return read(find.get(model, id, Date.now()));
    },
    async findByUid(uid) {
      return read(findByUid.get(model, uid, Date.now()));
    },
    async findByUserCode() {
      return undefined;
    },
    async upsert(id, payload, expiresIn) {
      const end = expiresIn === undefined ? FOREVER : Date.now() + expiresIn * 1000;
      upsert.run(
        model,
        id,
        JSON.stringify(payload),
        payload.grantId ?? null,
        payload.uid ?? null,
        end,
      );
    },
    async consume(id) {
      consume.run(Math.floor(Date.now() / 1000), model, id);
    },
    async destroy(id) {
      destroy.run(model, id);
    },
    async revokeByGrantId(grantId) {
      revoke.run(model, grantId);
    },
  });
}
