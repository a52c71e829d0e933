/** Postgres gone in the middle, and back: nothing is lost, nobody restarts anything. */
import { routes } from "@vaultdesk/shared/api.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { startPostgres } from "@vaultdesk/standins/postgres.ts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { ANA_MAIL, MAYA, MAYA_MAIL, startOffice } from "./testing.ts";

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000000");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "stand-in-secret-access-key-0000000000000");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test(
  "an approval that waits while Postgres is killed is answered, sent once and told after it is back",
  { timeout: 60_000 },
  async () => {
    const postgres = await startPostgres({ durable: true });
    const office = await startOffice({
      store: { url: await postgres.database() },
      leaseSeconds: 2,
      approvalSeconds: 120,
    });
    const maya = await office.visit(MAYA);
    await maya.connect(MAYA_MAIL, CONNECT_SCOPES);
    const started = await office.call(
      maya.api,
      routes.startRun,
      {},
      { text: `write to ${ANA_MAIL}: subject Papers: here they are`, timeZone: "UTC" },
    );
    const { conversationId } = routes.startRun.reply.parse(started.body);
    const events = await office.events(maya.api, conversationId, (seen) =>
      seen.some((event) => event.body.type === "run.ended"),
    );
    const [draft] = events.flatMap(({ body }) => (body.type === "draft.saved" ? [body.draft] : []));
    if (draft === undefined) throw new Error("no draft");
    const drafts = [{ draftId: draft.draftId, shown: await digestOf(draft.content) }];
    await office.call(maya.api, routes.askApproval, {}, { conversationId, drafts });

    await postgres.stop("SIGKILL");
    const refused = await office.call(maya.api, routes.approvals);
    expect(refused).toMatchObject({ status: 503, body: { problem: { code: "store_down" } } });
    const [push] = office.auth0.phone.pushes(MAYA);
    office.auth0.phone.approve(push?.id ?? "");
    await new Promise((later) => {
      setTimeout(later, 1500);
    });
    expect(office.google.outbox).toEqual([]);

    await postgres.start();
    await vi.waitFor(async () => {
      const { body } = await office.call(maya.api, routes.approvals);
      expect(routes.approvals.reply.parse(body).approvals[0]?.state).toBe("executed");
    }, 30_000);
    expect(office.google.outbox).toHaveLength(1);
    const told = await office.events(maya.api, conversationId, (seen) =>
      seen.some(
        ({ body }) => body.type === "approval.changed" && body.approval.state === "executed",
      ),
    );
    expect(told.map((event) => event.seq)).toEqual(told.map((_, index) => index + 1));
    await office.close();
    await postgres.close();
  },
);
