/** Which policy was in force when: a row of the audit trail at the first start with another one, in whichever process. */
import { OPERATOR } from "@vaultdesk/shared/audit.ts";

import { append } from "../audit/append.ts";
import type { Db } from "../store/schema.ts";
import { NO_POLICY } from "./policy-file.ts";

const KEY = "org_policy";

export async function recordPolicy(db: Db, digest: string, now: () => Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom("meta")
      .select("value")
      .where("key", "=", KEY)
      .executeTakeFirst();
    const from = row === undefined ? NO_POLICY.digest : Buffer.from(row.value).toString();
    if (from === digest) return;
    const value = Buffer.from(digest);
    // Two that start at once: the second waits for the first here, and changes nothing.
    const changed = await tx
      .insertInto("meta")
      .values({ key: KEY, value })
      .onConflict((conflict) =>
        conflict.column("key").doUpdateSet({ value }).where("meta.value", "<>", value),
      )
      .returning("key")
      .executeTakeFirst();
    if (changed === undefined) return;
    const at = now().toISOString();
    await append(tx, at, { kind: "policy.changed", sub: OPERATOR, facts: { digest, from } });
  });
}
