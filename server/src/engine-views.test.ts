/** The routes behind the panel's pages, over the stand-ins: each person's own, nobody else's, and nothing readable at rest. */
import { routes } from "@vaultdesk/shared/api.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import { CONNECT_SCOPES, ToolName } from "@vaultdesk/shared/scope.ts";
import { fill, knownFields, TEMPLATES } from "@vaultdesk/shared/template.ts";
import { TOOL_WORDS } from "@vaultdesk/shared/tool-words.ts";
import type { Visitor } from "@vaultdesk/standins/visitor.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { toolOf } from "./agent/tools/all.ts";
import { ANA, ANA_MAIL, MAYA, MAYA_MAIL, startOffice } from "./testing.ts";

const MAIL = [
  `From: "Ruiz, Ana" <${ANA_MAIL}>`,
  `To: Maya Field <${MAYA_MAIL}>`,
  "Subject: Re: NDA {{my name}}",
  "Message-ID: <one@helio.example>",
  "Date: Thu, 12 Nov 2026 09:00:00 +0000",
  "",
  "We sign.",
].join("\r\n");

let office: Awaited<ReturnType<typeof startOffice>>;
let maya: Visitor;
let ana: Visitor;
let threadId: string;

beforeAll(async () => {
  office = await startOffice();
  [maya, ana] = await Promise.all([office.visit(MAYA), office.visit(ANA)]);
  await maya.connect(MAYA_MAIL, CONNECT_SCOPES);
  await office.google.importMail(MAYA_MAIL, [{ raw: Buffer.from(MAIL) }]);
  threadId = office.google.mailbox(MAYA_MAIL).threads()[0]?.threadId ?? "";
});

afterAll(() => office.close());

const own = { title: "Ours", subject: "Secret falcon", body: "Hi {{first name}}" };

async function factsOf() {
  const route = { ...routes.composeFacts, path: `/api/compose?threadId=${threadId}` };
  return routes.composeFacts.reply.parse((await office.call(maya.api, route)).body);
}

describe("compose", () => {
  test("the thread's facts come from Gmail, and fill a template into a draft of that thread", async () => {
    const facts = await factsOf();
    const { thread } = facts;
    expect(facts).toMatchObject({
      myName: "Maya Field",
      thread: { subject: "NDA {{my name}}", lastAt: "2026-11-12T09:00:00.000Z" },
    });
    const known = knownFields(facts, "UTC");
    expect(known.get("first name")).toBe("Ana");
    const body = fill(
      TEMPLATES.find((one) => one.title === "NDA Acknowledgement")?.body ?? "",
      known,
    );
    expect(body).toContain("NDA on NDA {{my name}}, received on 12 November");

    const wish = {
      threadId,
      messageId: thread?.messageId,
      to: thread?.to,
      subject: "",
      text: body,
    };
    const made = await office.call(maya.api, routes.compose, {}, wish);
    const { conversationId, draft } = routes.compose.reply.parse(made.body);
    expect(draft.content).toMatchObject({
      to: [`"Ruiz, Ana" <${ANA_MAIL}>`],
      subject: "Re: NDA {{my name}}",
      threadId,
    });
    expect(draft.content.text).toContain("Kind regards,\nMaya Field");
    const [saved] = await office.events(maya.api, conversationId, (seen) => seen.length > 0);
    expect(saved?.body).toEqual({ type: "draft.saved", draft });
    expect(office.google.outbox).toEqual([]);
    // The draft itself is not the last message of its thread.
    expect(await factsOf()).toEqual(facts);
  });

  test.each([
    ["a conversation of another", { conversationId: `con_${"0".repeat(32)}` }, 404, "not_found"],
    ["no recipient", { to: [] }, 400, "bad_request"],
    [
      "an address that would write a header",
      { to: ["a@b.example\r\nBcc: x@y.example"] },
      422,
      "address_refused",
    ],
    ["an empty text", { text: " " }, 400, "bad_request"],
    ["a message that is not there", { messageId: "00000000deadbeef" }, 404, "thread_unknown"],
  ])("%s is refused, and no draft is made", async (_name, change, status, code) => {
    const before = office.google.mailbox(MAYA_MAIL).thread(threadId).length;
    const wish = { to: [ANA_MAIL], subject: "Falcon", text: "Hi", ...change };
    expect(await office.call(maya.api, routes.compose, {}, wish)).toMatchObject({
      status,
      body: { problem: { code } },
    });
    expect(office.google.mailbox(MAYA_MAIL).thread(threadId)).toHaveLength(before);
  });

  test("own templates are kept, changed and deleted by their owner alone, and sealed", async () => {
    const list = async (who: Visitor) =>
      routes.templates.reply.parse((await office.call(who.api, routes.templates)).body).templates;
    const added = await office.call(maya.api, routes.addTemplate, {}, own);
    const { id } = routes.addTemplate.reply.parse(added.body);
    expect(await list(maya)).toEqual([{ id, ...own }]);
    expect(await list(ana)).toEqual([]);

    const rows = await office.db.selectFrom("templates").selectAll().execute();
    expect(Buffer.from(rows[0]?.body_sealed ?? []).toString("latin1")).not.toContain("falcon");

    const changed = { ...own, title: "Ours, new" };
    expect((await office.call(ana.api, routes.changeTemplate, { id }, changed)).status).toBe(404);
    expect((await office.call(ana.api, routes.deleteTemplate, { id })).status).toBe(404);
    expect((await office.call(maya.api, routes.changeTemplate, { id }, changed)).status).toBe(200);
    expect(await list(maya)).toEqual([{ id, ...changed }]);
    expect((await office.call(maya.api, routes.deleteTemplate, { id })).status).toBe(200);
    expect(await list(maya)).toEqual([]);
    expect((await office.call(maya.api, routes.deleteTemplate, { id })).status).toBe(404);
  });
});

test("every tool has a line for people, and those that write say that they ask", () => {
  for (const name of ToolName.options) {
    expect([name, TOOL_WORDS[name].kind === "asks"]).toEqual([
      name,
      toolOf(name)?.kind === "write",
    ]);
  }
});

test("the log has every request of its owner, newest first, a page at a time, without the texts", async () => {
  const log = async (who: Visitor, before = "") => {
    const route = { ...routes.activity, path: `/api/activity?before=${before}` };
    return routes.activity.reply.parse((await office.call(who.api, route)).body);
  };
  const wish = { to: [ANA_MAIL], subject: "Falcon", text: "The price is secret." };
  const { body } = await office.call(maya.api, routes.compose, {}, wish);
  const { conversationId, draft } = routes.compose.reply.parse(body);
  const drafts = [{ draftId: draft.draftId, shown: await digestOf(draft.content) }];
  const asked = await office.call(maya.api, routes.askApproval, {}, { conversationId, drafts });
  const { id, digest } = routes.askApproval.reply.parse(asked.body);

  const [row] = (await log(maya)).rows;
  expect(row).toMatchObject({ id, digest, approval: { conversationId } });
  expect(JSON.stringify(row)).toContain("Falcon");
  expect(JSON.stringify(row)).not.toContain("secret");
  expect(await log(ana)).toEqual({ rows: [] });

  await office.call(maya.api, routes.deleteConversation, { id: conversationId });
  const [gone] = (await log(maya)).rows;
  expect(gone).toMatchObject({ id, digest, state: "cancelled" });
  expect(gone).not.toHaveProperty("approval");

  const one = await office.db.selectFrom("approvals").selectAll().executeTakeFirstOrThrow();
  const more = Array.from({ length: 40 }, (_, index) => ({
    ...one,
    id: `apr_${String(index).padStart(32, "0")}`,
    // Some of one moment: the page must not lose or repeat them.
    requested_at: new Date(Date.UTC(2026, 0, 1 + Math.floor(index / 7))).toISOString(),
  }));
  await office.db.insertInto("approvals").values(more).execute();
  const first = await log(maya);
  const second = await log(maya, first.next);
  const seen = [...first.rows, ...second.rows];
  expect([first.rows.length, second.next]).toEqual([30, undefined]);
  expect(new Set(seen.map((each) => each.id)).size).toBe(41);
  const times = seen.map((each) => each.requestedAt);
  expect(times).toEqual(times.toSorted().toReversed());
});

async function usesOf(who: Visitor) {
  return routes.toolUses.reply.parse((await office.call(who.api, routes.toolUses)).body).uses;
}

test("the last use of a tool is kept to the minute, for its own person", async () => {
  const noted = await usesOf(maya);
  expect(noted.map(({ tool }) => tool)).toContain("draft_email_reply");
  expect(noted.every(({ at }) => at.endsWith(":00.000Z"))).toBe(true);
  expect(await usesOf(ana)).toEqual([]);
});

test("disconnecting takes the grant back at Google, where Auth0 leaves it", async () => {
  const { body } = await office.call(maya.api, routes.revokeGoogle);
  expect(body).toEqual({ revoked: true });
  expect(office.google.revokedAt(MAYA_MAIL)).toBeDefined();
  expect((await office.call(maya.api, routes.session)).body).toMatchObject({
    google: { state: "reconnect" },
  });
  expect((await office.call(ana.api, routes.revokeGoogle)).body).toEqual({ revoked: true });
});
