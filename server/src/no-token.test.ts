/**
 * The whole path once, on a tenant that `setup auth0` made, then a walk over every value that reached the model, a log, the store, the panel or whoever watches the server:
 * no token, no secret; and in what is watched no mail text, no address and no person either.
 * Sealed values are opened with the master key first, so that encryption can't hide one.
 */
import { readFileSync } from "node:fs";

import { routes } from "@vaultdesk/shared/api.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { registerGauges } from "./observe/gauges.ts";
import { startSeeingForTests } from "./observe/watcher-for-tests.ts";
import { open } from "./store/crypto.ts";
import { createKeyring } from "./store/keys.ts";
import { ANA_MAIL, MAYA, MAYA_MAIL, startOffice } from "./testing.ts";

let office: Awaited<ReturnType<typeof startOffice>>;
let watched: Awaited<ReturnType<Awaited<ReturnType<typeof startSeeingForTests>>["end"]>>;
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const seen: Record<"model" | "log" | "store" | "panel" | "watcher", string> = {
  model: "",
  log: "",
  store: "",
  panel: "",
  watcher: "",
};
const secrets = new Map<string, string>();

/** Every sealed column with the place it is bound to, opened. */
async function opened(): Promise<string[]> {
  const { db, env } = office;
  const master = Buffer.from(env["MASTER_KEY"] ?? "", "base64");
  const key = await createKeyring(db, master, () => new Date()).of(MAYA);
  const out: string[] = [];
  for (const row of await db.selectFrom("conversations").selectAll().execute()) {
    out.push(key.text(row.title_sealed, `conversations/${row.id}/title`), row.id);
  }
  for (const row of await db.selectFrom("events").selectAll().execute()) {
    out.push(key.text(row.body_sealed, `events/${row.conversation_id}/${row.seq}`));
  }
  for (const row of await db.selectFrom("runs").selectAll().execute()) {
    out.push(key.text(row.input_sealed, `runs/${row.id}/input`));
    if (row.transcript_sealed !== null)
      out.push(key.text(row.transcript_sealed, `runs/${row.id}/transcript`));
  }
  for (const row of await db.selectFrom("approvals").selectAll().execute()) {
    out.push(
      key.text(row.action_sealed, `approvals/${row.id}/action`),
      key.text(row.raw_sealed, `approvals/${row.id}/raw`),
    );
    if (row.request_sealed !== null)
      out.push(key.text(row.request_sealed, `approvals/${row.id}/request`));
    out.push(JSON.stringify({ ...row, action_sealed: "", raw_sealed: "", request_sealed: "" }));
  }
  for (const row of await db.selectFrom("checkpoints").selectAll().execute()) {
    out.push(key.text(row.body_sealed, `checkpoints/${row.thread_id}/${row.ns}/${row.id}`));
  }
  for (const row of await db.selectFrom("checkpoint_values").selectAll().execute()) {
    const { thread_id: thread, ns, channel, version } = row;
    out.push(key.text(row.body_sealed, `checkpoint_values/${thread}/${ns}/${channel}/${version}`));
  }
  for (const row of await db.selectFrom("checkpoint_writes").selectAll().execute()) {
    const { thread_id: thread, ns, checkpoint_id: id, task_id: task, idx } = row;
    out.push(key.text(row.body_sealed, `checkpoint_writes/${thread}/${ns}/${id}/${task}/${idx}`));
  }
  for (const row of await db.selectFrom("users").selectAll().execute()) {
    secrets.set("user key", open(master, row.key_wrapped, `users/${row.sub}`).toString("base64"));
  }
  out.push(JSON.stringify(await db.selectFrom("audit").selectAll().execute()));
  out.push(JSON.stringify(await db.selectFrom("grants").selectAll().execute()));
  out.push(JSON.stringify(await db.selectFrom("drafts").selectAll().execute()));
  return out;
}

/** What the queue holds, sealed, while a phone is asked. */
async function takeRequestIds(): Promise<void> {
  const { db, env } = office;
  const master = Buffer.from(env["MASTER_KEY"] ?? "", "base64");
  const { queue } = createKeyring(db, master, () => new Date());
  for (const row of await db.selectFrom("queue").selectAll().execute()) {
    if (row.auth_req_sealed === null) continue;
    const id = queue.text(row.auth_req_sealed, `queue/${row.approval_id}/auth_req`);
    expect(Buffer.from(row.auth_req_sealed).includes(id)).toBe(false);
    secrets.set("request id", id);
  }
}

beforeAll(async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000000");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "stand-in-secret-access-key-0000000000000");
  const seeing = await startSeeingForTests();
  secrets.set("collector's key", "collector-secret-4711");
  office = await startOffice({ setUp: true });
  registerGauges(office.deps.queue);
  const issue = office.google.issue.bind(office.google);
  vi.spyOn(office.google, "issue").mockImplementation((...args) => {
    const issued = issue(...args);
    secrets.set(`Google token ${secrets.size}`, issued.accessToken);
    return issued;
  });
  const maya = await office.visit(MAYA);
  await maya.connect(MAYA_MAIL, CONNECT_SCOPES);
  secrets.set("panel token", maya.api).set("refresh token", maya.refreshToken);
  for (const [key, value] of Object.entries(office.env)) {
    if (/SECRET|MASTER_KEY/.test(key)) secrets.set(key, value);
  }

  await office.google.importMail(MAYA_MAIL, [
    {
      raw: Buffer.from(
        `From: Ana Ruiz <${ANA_MAIL}>\r\nTo: ${MAYA_MAIL}\r\nSubject: NDA\r\n\r\nCan you send the CIM?\r\n`,
      ),
    },
  ]);
  const [row] = office.google.mailbox(MAYA_MAIL).threads();
  const ask = {
    text: "Draft a reply saying that it comes on Friday and send it",
    timeZone: "UTC",
    threadId: row?.threadId,
  };
  const { conversationId } = routes.startRun.reply.parse(
    (await office.call(maya.api, routes.startRun, {}, ask)).body,
  );
  await office.events(maya.api, conversationId, (events) =>
    events.some((e) => e.body.type === "run.waiting"),
  );
  await takeRequestIds();
  const [push] = office.auth0.phone.pushes(MAYA);
  office.auth0.phone.approve(push?.id ?? "");
  await office.events(maya.api, conversationId, (all) =>
    all.some((e) => e.body.type === "run.ended"),
  );
  const more = { text: "Summarise this thread", timeZone: "UTC", threadId: row?.threadId };
  await office.call(maya.api, routes.startRun, {}, { ...more, conversationId });
  const events = await office.events(
    maya.api,
    conversationId,
    (all) => all.filter((e) => e.body.type === "run.ended").length === 2,
  );
  const session = await office.call(maya.api, routes.session);
  const asks = {
    authorization: `Bearer ${maya.api}`,
    traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
  };
  await office.app.request(routes.settings.path, { headers: asks });
  await office.app.request(routes.settings.path, {
    headers: { ...asks, authorization: "Bearer x" },
  });

  seen.model = JSON.stringify(office.bedrock.calls);
  seen.log = office.lines.join("\n");
  seen.panel = JSON.stringify([
    events,
    session.body,
    (await office.call(maya.api, routes.approvals)).body,
  ]);
  seen.store = (await opened()).join("\n");
  watched = await seeing.end();
  seen.watcher = watched.all;
}, 20_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  await office.close();
});

test("the path was whole: the mail was approved and sent, and the model said so", () => {
  expect(office.google.outbox).toHaveLength(1);
  expect(seen.panel).toContain('"state":"executed"');
  expect(seen.store).toContain("comes on Friday");
  expect(seen.model.length).toBeGreaterThan(2000);
  expect(secrets.size).toBeGreaterThanOrEqual(7);
});

test.each(["model", "log", "store", "panel", "watcher"] as const)(
  "nothing that reached the %s is a token or a secret",
  (where) => {
    const found = [...secrets]
      .filter(([, value]) => seen[where].includes(value))
      .map(([name]) => name);
    expect(found).toEqual([]);
    expect(seen[where]).not.toMatch(/eyJ[\w-]{10,}\.eyJ|ya29\.|Bearer\s+\w/);
  },
);

test("the phone's request id is among those secrets", () => {
  expect(secrets.get("request id")?.length).toBeGreaterThan(10);
});

test("whoever watches learns no mail text, no address and no person", () => {
  expect(watched.spans.length).toBeGreaterThan(20);
  expect(seen.watcher).not.toMatch(/CIM|comes on Friday|NDA|Draft a reply|example\b/);
  for (const one of [MAYA, MAYA_MAIL, ANA_MAIL]) expect(seen.watcher).not.toContain(one);
  // The id alone, which by chance is also a part of a duration or a trace's id.
  expect(seen.watcher).not.toMatch(/(?<![\w.])1001(?!\w)/);
});

test("each kind of work has its span, and a tool's stands in its run", () => {
  const { spans } = watched;
  const kinds = ["request", "run", "model", "tool", "vault", "google", "transaction"];
  expect(new Set(spans.map(({ name }) => name))).toEqual(
    new Set([...kinds, "ciba_push", "ciba_poll"]),
  );
  const tool = spans.find(({ name }) => name === "tool");
  const parents = spans.filter(({ traceId }) => traceId === tool?.traceId).map(({ name }) => name);
  expect(parents).toContain("run");
});

test("a proven panel's trace is gone on with, a stranger's is not", () => {
  const own = watched.spans.filter(({ traceId, name }) => traceId === TRACE && name === "request");
  expect(own).toHaveLength(1);
});

test("every metric that the dashboard asks for is there", () => {
  const dashboard = readFileSync(
    new URL("../../deploy/grafana-dashboard.json", import.meta.url),
    "utf8",
  );
  const asked = new Set(dashboard.match(/vaultdesk_\w+/g));
  const known = new Set(watched.scraped.match(/^vaultdesk_\w+/gm));
  expect(asked.size).toBeGreaterThan(10);
  expect([...asked].filter((name) => !known.has(name))).toEqual([]);
});
