/** A person's settings, one sealed row each. What was never set, and a row of an older version, read as the defaults. */
import { parseJson } from "@vaultdesk/shared/json.ts";
import { Settings, type SettingsChange } from "@vaultdesk/shared/settings.ts";

import type { Keyring } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";

export interface SettingsRecord {
  of(sub: string): Promise<Settings>;
  change(sub: string, change: SettingsChange): Promise<Settings>;
}

const placeOf = (sub: string) => `settings/${sub}`;

export function createSettings(db: Db, keys: Keyring): SettingsRecord {
  async function of(sub: string): Promise<Settings> {
    const row = await db
      .selectFrom("settings")
      .select("body_sealed")
      .where("sub", "=", sub)
      .executeTakeFirst();
    if (row === undefined) return Settings.parse({});
    const text = (await keys.of(sub)).text(row.body_sealed, placeOf(sub));
    return Settings.catch(Settings.parse({})).parse(parseJson(text));
  }

  return {
    of,
    async change(sub, change) {
      const settings = Settings.parse({ ...(await of(sub)), ...change });
      const sealer = await keys.of(sub);
      const body_sealed = sealer.seal(JSON.stringify(settings), placeOf(sub));
      await db
        .insertInto("settings")
        .values({ sub, body_sealed })
        .onConflict((conflict) => conflict.column("sub").doUpdateSet({ body_sealed }))
        .execute();
      return settings;
    },
  };
}
