/** Signing out everywhere: bearers and sign-ins of before are refused, streams end, and nothing that waited is sent; in either store. */
import { EVENTS_PATH, routes, SIGNED_IN_HEADER } from "@vaultdesk/shared/api.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";

import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { createDeps } from "./deps.ts";
import { createLog } from "./observe/log.ts";
import { migratedDatabase } from "./store/migrated-for-tests.ts";
import { openStore, type Store } from "./store/open.ts";
import { ANA, ANA_MAIL, MAYA, MAYA_MAIL, startOffice } from "./testing.ts";

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000000");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "stand-in-secret-access-key-0000000000000");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

type Office = Awaited<ReturnType<typeof startOffice>>;

/** Another process on the same store, where there can be one; else the same. */
async function other(office: Office, url: string | undefined) {
  if (url === undefined) return { app: office.app, store: undefined };
  const read = readConfig(office.env);
  if (!read.ok) throw new Error(read.problems.join());
  const log = createLog(() => undefined);
  const store: Store = await openStore({ url }, log);
  return { app: createApp(createDeps(read.config, store, log)), store };
}

test.each(["sqlite", "postgres"] as const)(
  "on %s",
  async (kind) => {
    const url = kind === "postgres" ? await migratedDatabase() : undefined;
    const office = await startOffice({ store: url === undefined ? { file: ":memory:" } : { url } });
    const elsewhere = await other(office, url);
    try {
      const [laptop, desk, ana] = [
        await office.visit(MAYA),
        await office.visit(MAYA),
        await office.visit(ANA),
      ];
      await desk.connect(MAYA_MAIL, CONNECT_SCOPES);
      const text = `write to ${ANA_MAIL}: subject Falcon: an escrow is fine`;
      const asked = await office.call(desk.api, routes.startRun, {}, { text, timeZone: "UTC" });
      const { conversationId: id } = routes.startRun.reply.parse(asked.body);
      const events = await office.events(desk.api, id, (seen) =>
        seen.some((event) => event.body.type === "run.ended"),
      );
      const [draft] = events.flatMap(({ body }) =>
        body.type === "draft.saved" ? [body.draft] : [],
      );
      if (draft === undefined) throw new Error("no draft");
      const drafts = [{ draftId: draft.draftId, shown: await digestOf(draft.content) }];
      const request = await office.call(
        desk.api,
        routes.askApproval,
        {},
        { conversationId: id, drafts },
      );
      const { id: approval } = routes.askApproval.reply.parse(request.body);
      // As after a yes that is held.
      await office.db
        .updateTable("approvals")
        .set({ state: "approved", lease_until: Date.now() + 600_000 })
        .execute();

      const stream = await elsewhere.app.request(EVENTS_PATH.replace(":id", id), {
        headers: { authorization: `Bearer ${laptop.api}` },
        signal: AbortSignal.timeout(10_000),
      });
      expect(stream.status).toBe(200);
      const ended = (async () => {
        for await (const _ of stream.body ?? []) continue;
        return "ended";
      })();

      expect(office.deps.panels.grantOf(MAYA)).toBeDefined();
      expect((await office.call(desk.api, routes.signOutEverywhere)).status).toBe(200);
      expect(await ended).toBe("ended");
      expect(office.deps.panels.grantOf(MAYA)).toBeUndefined();
      const refused = { status: 401, body: { problem: { code: "signed_out_everywhere" } } };
      for (const { api } of [desk, laptop]) {
        expect(await office.call(api, routes.settings)).toMatchObject(refused);
      }
      const there = await elsewhere.app.request(routes.settings.path, {
        headers: { authorization: `Bearer ${laptop.api}` },
      });
      expect(there.status).toBe(401);
      expect((await office.call(ana.api, routes.settings)).status).toBe(200);

      // The route answered once its second was over: the next sign-in is a later one.
      const again = await office.visit(MAYA);
      expect((await office.call(again.api, routes.settings)).status).toBe(200);
      const found = await office.db.selectFrom("approvals").select(["id", "state"]).execute();
      expect(found).toEqual([{ id: approval, state: "cancelled" }]);
      expect(office.google.outbox).toEqual([]);

      // What ends one device's refresh token leaves the other's: it brings a new bearer, and the extension says when its sign-in was.
      const client_id = office.auth0.env["AUTH0_EXTENSION_CLIENT_ID"];
      const auth0 = (path: string, body: object) =>
        fetch(`${office.auth0.issuer}oauth/${path}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ client_id, ...body }),
        });
      const refresh = (refresh_token: string) =>
        auth0("token", { grant_type: "refresh_token", refresh_token });
      expect((await auth0("revoke", { token: again.refreshToken })).status).toBe(200);
      expect((await refresh(again.refreshToken)).ok).toBe(false);
      const outlived = await refresh(laptop.refreshToken);
      const { access_token: bearer } = z
        .object({ access_token: z.string() })
        .parse(await outlived.json());
      const { before } = await office.db
        .selectFrom("sign_outs")
        .select("before")
        .executeTakeFirstOrThrow();
      for (const [said, status] of [
        [String(before), 401],
        ["0", 401],
        ["x", 401],
        [String(before + 1), 200],
        ["9999999999", 200],
      ] as const) {
        const answer = await office.app.request(routes.settings.path, {
          headers: { authorization: `Bearer ${bearer}`, [SIGNED_IN_HEADER]: said },
        });
        expect([said, answer.status]).toEqual([said, status]);
      }
      const rows = await office.db.selectFrom("audit").select("entry").execute();
      expect(rows.filter(({ entry }) => entry.includes("session.signed_out_everywhere"))).toEqual([
        {
          entry: `{"facts":{"before":${before}},"kind":"session.signed_out_everywhere","sub":"${MAYA}"}`,
        },
      ]);
    } finally {
      await elsewhere.store?.close();
      await office.close();
    }
  },
  30_000,
);
