/** When a tool last borrowed a Google token for a person, to the minute: what the page of permissions says. Names no mail and no call. */
import { ToolName } from "@vaultdesk/shared/scope.ts";

import { factsOf, type Log } from "../observe/log.ts";
import type { Db } from "../store/schema.ts";

export interface ToolUses {
  /** Does not wait and never fails: a loan is worth more than its note. */
  note(sub: string, tool: ToolName): void;
  of(sub: string): Promise<{ tool: ToolName; at: string }[]>;
}

const MINUTE_MS = 60_000;
const HELD = 10_000;

export function createToolUses(db: Db, log: Log, now: () => number): ToolUses {
  /** The last minute that was written, so that a busy tool writes once a minute. */
  const written = new Map<string, number>();

  async function write(sub: string, tool: ToolName, minute: number): Promise<void> {
    const at = new Date(minute * MINUTE_MS).toISOString();
    await db
      .insertInto("tool_uses")
      .values({ sub, tool, at })
      .onConflict((conflict) => conflict.columns(["sub", "tool"]).doUpdateSet({ at }))
      .execute();
  }

  return {
    note(sub, tool) {
      const key = `${tool} ${sub}`;
      const minute = Math.floor(now() / MINUTE_MS);
      if (written.get(key) === minute) return;
      if (written.size >= HELD) written.clear();
      written.set(key, minute);
      write(sub, tool, minute).catch((error: unknown) => {
        log.warn("vault: a use was not noted", factsOf(error));
      });
    },

    async of(sub) {
      const rows = await db.selectFrom("tool_uses").selectAll().where("sub", "=", sub).execute();
      return rows.flatMap(({ tool, at }) => {
        // A tool of a later or earlier version has no line on the page.
        const name = ToolName.safeParse(tool);
        return name.success ? [{ tool: name.data, at }] : [];
      });
    },
  };
}
