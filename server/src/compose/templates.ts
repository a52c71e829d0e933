/** A person's own mail templates: a sealed row each, seen by their owner alone. */
import { newId, TemplateId } from "@vaultdesk/shared/id.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import { OwnTemplate, type TemplateText } from "@vaultdesk/shared/template.ts";

import type { Keyring } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";

/** Enough for anybody; a list without an end would be somebody's disk. */
const MOST = 200;

export interface Templates {
  of(sub: string): Promise<OwnTemplate[]>;
  /** `undefined` when there are as many as there may be. */
  add(sub: string, text: TemplateText): Promise<OwnTemplate | undefined>;
  /** `undefined` when it is not theirs. */
  change(sub: string, id: string, text: TemplateText): Promise<OwnTemplate | undefined>;
  /** False when it is not theirs. */
  remove(sub: string, id: string): Promise<boolean>;
}

const placeOf = (id: string) => `templates/${id}`;

export function createTemplates(db: Db, keys: Keyring, now: () => Date): Templates {
  return {
    async of(sub) {
      const sealer = await keys.of(sub);
      const rows = await db.selectFrom("templates").selectAll().where("sub", "=", sub).execute();
      return rows
        .map(({ id, body_sealed: sealed }) =>
          OwnTemplate.parse(parseJson(sealer.text(sealed, placeOf(id)))),
        )
        .toSorted((one, other) => one.title.localeCompare(other.title));
    },

    async add(sub, text) {
      const sealer = await keys.of(sub);
      const { held } = await db
        .selectFrom("templates")
        .select(({ fn }) => fn.countAll().as("held"))
        .where("sub", "=", sub)
        .executeTakeFirstOrThrow();
      if (Number(held) >= MOST) return undefined;
      const made: OwnTemplate = { id: TemplateId.parse(newId("tpl")), ...text };
      await db
        .insertInto("templates")
        .values({
          id: made.id,
          sub,
          body_sealed: sealer.seal(JSON.stringify(made), placeOf(made.id)),
          updated_at: now().toISOString(),
        })
        .execute();
      return made;
    },

    async change(sub, id, text) {
      const parsed = TemplateId.safeParse(id);
      if (!parsed.success) return undefined;
      const changed: OwnTemplate = { id: parsed.data, ...text };
      const sealer = await keys.of(sub);
      const row = await db
        .updateTable("templates")
        .set({
          body_sealed: sealer.seal(JSON.stringify(changed), placeOf(id)),
          updated_at: now().toISOString(),
        })
        .where("id", "=", id)
        .where("sub", "=", sub)
        .returning("id")
        .executeTakeFirst();
      return row === undefined ? undefined : changed;
    },

    async remove(sub, id) {
      const row = await db
        .deleteFrom("templates")
        .where("id", "=", id)
        .where("sub", "=", sub)
        .returning("id")
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
