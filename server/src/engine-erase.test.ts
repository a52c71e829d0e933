/** A deleted conversation leaves no row with content, in either store, and its audit chain as it was. */
import { routes } from "@vaultdesk/shared/api.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { migratedDatabase } from "./store/migrated-for-tests.ts";
import { ANA, ANA_MAIL, MAYA, MAYA_MAIL, startOffice } from "./testing.ts";

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000000");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "stand-in-secret-access-key-0000000000000");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each(["sqlite", "postgres"] as const)("on %s", (kind) => {
  test("is found, renamed, kept from others, and gone when deleted", async () => {
    const office = await startOffice({
      store: kind === "sqlite" ? { file: ":memory:" } : { url: await migratedDatabase() },
    });
    try {
      const maya = await office.visit(MAYA);
      const ana = await office.visit(ANA);
      await maya.connect(MAYA_MAIL, CONNECT_SCOPES);
      const text = `write to ${ANA_MAIL}: subject Falcon: an escrow is fine`;
      const asked = await office.call(maya.api, routes.startRun, {}, { text, timeZone: "UTC" });
      const { conversationId: id } = routes.startRun.reply.parse(asked.body);
      const events = await office.events(maya.api, id, (seen) =>
        seen.some((event) => event.body.type === "run.ended"),
      );
      const [draft] = events.flatMap(({ body }) =>
        body.type === "draft.saved" ? [body.draft] : [],
      );
      if (draft === undefined) throw new Error("no draft");
      const drafts = [{ draftId: draft.draftId, shown: await digestOf(draft.content) }];
      await office.call(maya.api, routes.askApproval, {}, { conversationId: id, drafts });

      const find = async (bearer: string, q: string) => {
        const route = { ...routes.conversations, path: `/api/conversations?q=${q}` };
        const { body } = await office.call(bearer, route);
        return routes.conversations.reply.parse(body).conversations.map((row) => row.title);
      };
      expect(await find(maya.api, "ESCROW")).toHaveLength(1);
      expect(await find(ana.api, "escrow")).toEqual([]);
      const title = { title: "Tulip" };
      expect((await office.call(ana.api, routes.renameConversation, { id }, title)).status).toBe(
        404,
      );
      expect((await office.call(ana.api, routes.deleteConversation, { id })).status).toBe(404);
      expect((await office.call(maya.api, routes.renameConversation, { id }, title)).status).toBe(
        200,
      );
      expect(await find(maya.api, "tulip")).toEqual(["Tulip"]);

      // A mail on its way out: nothing is deleted, and the approval is not lost.
      const sending = { state: "executing", lease_until: Date.now() + 600_000 };
      await office.db.updateTable("approvals").set(sending).execute();
      const refused = await office.call(maya.api, routes.deleteConversation, { id });
      expect(refused).toMatchObject({
        status: 409,
        body: { problem: { code: "conversation_busy" } },
      });
      expect(await find(maya.api, "tulip")).toEqual(["Tulip"]);
      await office.db.updateTable("approvals").set({ state: "waiting", lease_until: 0 }).execute();

      expect((await office.call(maya.api, routes.deleteConversation, { id })).status).toBe(200);
      for (const table of [
        "conversations",
        "events",
        "runs",
        "drafts",
        "checkpoints",
        "checkpoint_values",
        "checkpoint_writes",
        "queue",
      ] as const) {
        expect([table, await office.db.selectFrom(table).selectAll().execute()]).toEqual([
          table,
          [],
        ]);
      }
      const left = await office.db.selectFrom("approvals").selectAll().execute();
      expect(left).toHaveLength(1);
      expect(left[0]).toMatchObject({
        state: "cancelled",
        conversation_id: "",
        request_sealed: null,
      });
      expect([left[0]?.action_sealed.length, left[0]?.raw_sealed.length]).toEqual([0, 0]);
      expect((await office.call(maya.api, routes.approvals)).body).toEqual({ approvals: [] });
      expect((await office.db.selectFrom("audit").selectAll().execute()).length).toBeGreaterThan(1);
      expect((await office.call(maya.api, routes.deleteConversation, { id })).status).toBe(404);
    } finally {
      await office.close();
    }
  });
});
