/** For tests: new Postgres databases that a store finds as it left them. The steps to them take longer than most tests. */
import { createDatabase } from "@vaultdesk/standins/postgres.ts";
import { POSTGRES } from "@vaultdesk/standins/vitest-postgres.ts";
import { inject } from "vitest";

import { createLog } from "../observe/log.ts";
import { openStore } from "./open.ts";

let made: Promise<string> | undefined;

async function migratedOnce(): Promise<string> {
  const url = await createDatabase(inject(POSTGRES));
  const store = await openStore(
    { url },
    createLog(() => undefined),
  );
  await store.close();
  return url;
}

/** The URL of a new one, empty but for its schema. */
export async function migratedDatabase(): Promise<string> {
  return createDatabase(inject(POSTGRES), await (made ??= migratedOnce()));
}
