/** The product's own tree in this process, on a tenant, a Google and a model in another one that are `latencyMs` away; and their bare clients. */
import { Settings } from "@vaultdesk/shared/settings.ts";

import { BY_HAND } from "../../server/src/actions/standing.ts";
import { toolOf } from "../../server/src/agent/tools/all.ts";
import { NO_TRACKERS } from "../../server/src/agent/tools/room-for-tests.ts";
import type { Room } from "../../server/src/agent/tools/tool.ts";
import { createDeps } from "../../server/src/deps.ts";
import { createLog } from "../../server/src/observe/log.ts";
import { openStore } from "../../server/src/store/open.ts";
import { letters, MAYA } from "./letters.ts";
import { startOutside } from "./outside.ts";

export async function startDesk(latencyMs: number) {
  const outside = await startOutside([MAYA], { latencyMs, mail: letters() });
  const { config } = outside;
  const [bearer = ""] = await outside.crowd.bearers();
  const log = createLog();
  const store = await openStore(config.store, log);
  const deps = createDeps(config, store, log);
  const principal = { sub: MAYA.sub, bearer, issuedAt: 0, expiresAt: Date.now() + 3_600_000 };
  const caller = deps.agent.callerOf(principal);
  const room: Room = {
    ...caller,
    trackers: NO_TRACKERS,
    now: new Date(),
    timeZone: "UTC",
    seen: () => true,
    provenance: BY_HAND,
    redraft: () => Promise.reject(new Error("no drafts here")),
    settings: () => Promise.resolve(Settings.parse({ voice: true })),
  };

  return {
    /** A tool as the graph calls it. On a fresh loan unless it is `held`. */
    async tool(name: string, args: object, loan: "fresh" | "held" = "fresh"): Promise<void> {
      if (loan === "fresh") deps.session.broker.forget(MAYA.sub);
      const tool = toolOf(name);
      if (tool?.kind !== "read") throw new Error(`${name} is no tool that reads`);
      const outcome = await tool.run(args, room, new AbortController().signal);
      if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.json)}`);
    },
    bare: async () => (await outside.gmail(bearer)).users,
    async close() {
      await store.close();
      await outside.close();
    },
  };
}

export type Desk = Awaited<ReturnType<typeof startDesk>>;
