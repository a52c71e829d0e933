/** What happens outside of approvals has its row too, once, with the facts of its kind and no others; and what is under a legal hold stays. */
import { routes } from "@vaultdesk/shared/api.ts";
import { AuditEntryView, factsFault, OPERATOR } from "@vaultdesk/shared/audit.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { addHold, holdsOf, removeHold } from "./audit/holds.ts";
import { migratedDatabase } from "./store/migrated-for-tests.ts";
import { ANA_MAIL, MAYA, MAYA_MAIL, startOffice } from "./testing.ts";

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000000");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "stand-in-secret-access-key-0000000000000");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test.each(["sqlite", "postgres"] as const)(
  "on %s",
  async (kind) => {
    const office = await startOffice({
      store: kind === "sqlite" ? { file: ":memory:" } : { url: await migratedDatabase() },
    });
    const entries = async () => {
      const rows = await office.db.selectFrom("audit").selectAll().orderBy("seq").execute();
      const read = rows.map(({ entry }) => AuditEntryView.parse(parseJson(entry)));
      // The columns that views go by are the entry's own.
      expect(rows.map((row) => [row.sub, row.kind])).toEqual(read.map((e) => [e.sub, e.kind]));
      return read;
    };
    const others = async () =>
      (await entries()).filter((entry) => entry.kind !== "approval.moved").map((e) => e.kind);
    try {
      const maya = await office.visit(MAYA);
      const call: typeof office.call = (...asked) => office.call(...asked);
      await call(maya.api, routes.session);
      await call(maya.api, routes.session);
      expect(await others()).toEqual(["session.signed_in"]);
      await maya.connect(MAYA_MAIL, CONNECT_SCOPES);
      await call(maya.api, routes.session);
      await call(maya.api, routes.session);
      await call(maya.api, routes.changeSettings, {}, { holdSeconds: 10 });
      await call(maya.api, routes.changeSettings, {}, { holdSeconds: 10 });
      expect(await others()).toEqual(["session.signed_in", "google.connected", "settings.changed"]);

      const text = `write to ${ANA_MAIL}: subject Falcon: an escrow is fine`;
      const asked = await call(maya.api, routes.startRun, {}, { text, timeZone: "UTC" });
      const { conversationId: id } = routes.startRun.reply.parse(asked.body);
      const events = await office.events(maya.api, id, (seen) =>
        seen.some((event) => event.body.type === "run.ended"),
      );
      const [draft] = events.flatMap(({ body }) =>
        body.type === "draft.saved" ? [body.draft] : [],
      );
      if (draft === undefined) throw new Error("no draft");
      const drafts = [{ draftId: draft.draftId, shown: await digestOf(draft.content) }];
      const body = { conversationId: id, drafts };
      await call(maya.api, routes.askApproval, {}, body);
      const ended = { state: "denied", ended_at: new Date().toISOString() };
      await office.db.updateTable("approvals").set(ended).execute();
      await office.db.deleteFrom("queue").execute();
      expect((await call(maya.api, routes.askApproval, {}, body)).status).toBe(409);
      expect((await entries()).at(-1)).toEqual({
        kind: "wish.refused",
        sub: MAYA,
        facts: { kind: "email.send", reason: "denied_before", conversationId: id },
      });

      const at = new Date().toISOString();
      for (const [on, target] of [
        ["conversation", id],
        ["person", MAYA],
      ] as const) {
        const hold = await addHold(office.db, at, on, target);
        expect(await addHold(office.db, at, on, target)).toBeUndefined();
        expect(await call(maya.api, routes.deleteConversation, { id })).toMatchObject({
          status: 409,
          body: { problem: { code: "on_hold" } },
        });
        expect(await office.deps.conversation.conversations.erase(MAYA, id)).toBe("held");
        expect(await holdsOf(office.db)).toEqual([hold]);
        expect(await removeHold(office.db, at, hold?.id ?? "")).toEqual(hold);
        expect(await removeHold(office.db, at, hold?.id ?? "")).toBeUndefined();
      }
      expect((await call(maya.api, routes.deleteConversation, { id })).status).toBe(200);
      await call(maya.api, routes.revokeGoogle);
      await call(maya.api, routes.session);
      await call(maya.api, routes.signOutEverywhere);

      const all = await entries();
      expect(all.map(factsFault).filter((fault) => fault !== undefined)).toEqual([]);
      expect((await others()).slice(3)).toEqual([
        "wish.refused",
        "hold.added",
        "hold.removed",
        "hold.added",
        "hold.removed",
        "conversation.deleted",
        "google.disconnected",
        "session.signed_out_everywhere",
      ]);
      expect(all.filter((entry) => entry.sub === OPERATOR)).toHaveLength(4);
      expect(JSON.stringify(all)).not.toMatch(/escrow|@|Falcon/i);
    } finally {
      await office.close();
    }
  },
  30_000,
);
