/** Approvals that wait, by the thousand: each asked for at the tenant, and a row of the queue. What they would do is nowhere: nobody says yes to them. */
import { newId } from "@vaultdesk/shared/id.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import { Agent, request } from "undici";
import { z } from "zod";

import { putPoll } from "../../server/src/approvals/queue.ts";
import { createLog } from "../../server/src/observe/log.ts";
import { createKeyring } from "../../server/src/store/keys.ts";
import { openStore, type StorePlace } from "../../server/src/store/open.ts";
import type { startOutside } from "./outside.ts";
import { forEach } from "./timing.ts";

const SECONDS = 600;
/** Asked for, stored, and a server started on them before the first is due. */
const FIRST_MS = 4000;
const Pushed = z.object({ auth_req_id: z.string() });

function now(): Date {
  return new Date();
}

type Outside = Awaited<ReturnType<typeof startOutside>>;

/** The ids of `count` requests that the tenant now waits with. */
export async function pushed({ config }: Outside, count: number): Promise<string[]> {
  const { issuer, approvals, audience } = config.auth0;
  const dispatcher = new Agent({ connections: 32 });
  const ids: string[] = [];
  await forEach(count, 32, async (index) => {
    const { body } = await request(new URL("bc-authorize", issuer), {
      method: "POST",
      dispatcher,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        client_id: approvals.clientId,
        client_secret: approvals.clientSecret,
        login_hint: JSON.stringify({ sub: `google-oauth2|w${index}` }),
        audience,
        scope: "openid",
        requested_expiry: String(SECONDS),
        authorization_details: "[]",
      }).toString(),
    });
    ids[index] = Pushed.parse(parseJson(await body.text())).auth_req_id;
  });
  await dispatcher.close();
  return ids;
}

/**
 * Sets what waits apart, as people ask: the first `count` are due in turn over an interval, the next ones over the same. Answers with the
 * beginning of that interval, before which none was due.
 */
export async function setApart(
  place: StorePlace,
  count: number,
  intervalMs: number,
): Promise<number> {
  const { db, close } = await openStore(
    place,
    createLog(() => undefined),
  );
  const rows = await db
    .selectFrom("queue")
    .select(["approval_id", "due_at"])
    .orderBy("due_at")
    .execute();
  const from = rows.at(-1)?.due_at ?? 0;
  for (const [index, { approval_id }] of rows.entries()) {
    const due_at = Math.round(from + ((index % count) / count) * intervalMs);
    await db.updateTable("queue").set({ due_at }).where("approval_id", "=", approval_id).execute();
  }
  await close();
  return from;
}

/** Puts them into the queue of this store, due in turn over an interval. */
export async function queued(
  { config }: Outside,
  place: StorePlace,
  ids: readonly string[],
  intervalMs: number,
): Promise<void> {
  const store = await openStore(
    place,
    createLog(() => undefined),
  );
  const keys = createKeyring(store.db, config.masterKey, now);
  await keys.verify();
  const from = Date.now() + FIRST_MS;
  await store.db.transaction().execute(async (tx) => {
    for (const [index, authReqId] of ids.entries()) {
      const dueAt = Math.round(from + (index / ids.length) * intervalMs);
      const poll = { authReqId, intervalMs, dueAt, expiresAt: from + SECONDS * 1000 };
      await putPoll(tx, keys, newId("apr"), `google-oauth2|w${index}`, poll);
    }
  });
  await store.close();
}
