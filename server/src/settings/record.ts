/** A person's settings, one sealed row each. What was never set, and a row of an older version, read as the defaults. */
import { parseJson } from "@vaultdesk/shared/json.ts";
import { Settings, type SettingsChange } from "@vaultdesk/shared/settings.ts";

import { append } from "../audit/append.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";

export interface SettingsRecord {
  of(sub: string): Promise<Settings>;
  change(sub: string, change: SettingsChange): Promise<Settings>;
}

const placeOf = (sub: string) => `settings/${sub}`;

/** Keys with their new values: switches and seconds, which say nothing of anybody's mail. */
function changedIn(before: Settings, after: Settings): string {
  return Object.entries(after)
    .filter(([key, value]) => Object.entries(before).some(([k, v]) => k === key && v !== value))
    .map(([key, value]) => `${key}=${value}`)
    .join(" ");
}

export function createSettings(db: Db, keys: Keyring, now: () => Date): SettingsRecord {
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
      const before = await of(sub);
      const settings = Settings.parse({ ...before, ...change });
      const changed = changedIn(before, settings);
      if (changed === "") return settings;
      const sealer = await keys.of(sub);
      const body_sealed = sealer.seal(JSON.stringify(settings), placeOf(sub));
      await db.transaction().execute(async (tx) => {
        await tx
          .insertInto("settings")
          .values({ sub, body_sealed })
          .onConflict((conflict) => conflict.column("sub").doUpdateSet({ body_sealed }))
          .execute();
        const at = now().toISOString();
        await append(tx, at, { kind: "settings.changed", sub, facts: { changed } });
      });
      return settings;
    },
  };
}
