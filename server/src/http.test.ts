/** The routes over the stand-ins: what a refusal says, and the stream. Who may call which route is `route-table.test.ts`. */
import { routes } from "@vaultdesk/shared/api.ts";
import { CONNECT_SCOPES, GMAIL_READ, SCOPES } from "@vaultdesk/shared/scope.ts";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";

import { MAYA, MAYA_MAIL, startOffice } from "./testing.ts";

let office: Awaited<ReturnType<typeof startOffice>>;

beforeEach(async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000000");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "stand-in-secret-access-key-0000000000000");
  office = await startOffice();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await office.close();
});

const Started = routes.startRun.reply;
const problem = (code: string) => ({ problem: { code } });

async function google(api: string) {
  return routes.session.reply.parse((await office.call(api, routes.session)).body).google;
}

async function started(bearer: string, text: string, more: object = {}) {
  const { body } = await office.call(
    bearer,
    routes.startRun,
    {},
    { text, timeZone: "UTC", ...more },
  );
  return Started.parse(body);
}

describe("the caller", () => {
  test("without a token, with a foreign one, or with another client's is refused", async () => {
    const anonymous = await office.app.request(routes.session.path);
    expect(anonymous.status).toBe(401);
    expect(await office.call("aaa.bbb.ccc", routes.session)).toMatchObject({
      status: 401,
      body: problem("signed_out"),
    });
  });

  test("another origin gets no CORS, the extension does", async () => {
    const preflight = (origin: string) =>
      office.app.request(routes.session.path, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "GET" },
      });
    const ours = `chrome-extension://${office.env["EXTENSION_ID"]}`;
    expect((await preflight(ours)).headers.get("access-control-allow-origin")).toBe(ours);
    expect(
      (await preflight("https://mail.google.com")).headers.get("access-control-allow-origin"),
    ).toBeNull();
  });

  test("a body over the limit and one of the wrong form are told", async () => {
    const { api } = await office.visit(MAYA);
    expect(
      await office.call(api, routes.startRun, {}, { text: "x".repeat(1_100_000) }),
    ).toMatchObject({ status: 413 });
    expect(await office.call(api, routes.startRun, {}, { text: "" })).toMatchObject({
      status: 400,
      body: problem("bad_request"),
    });
    expect(
      await office.call(
        api,
        routes.startRun,
        {},
        { text: "Hi", timeZone: "UTC", threadId: "../x" },
      ),
    ).toMatchObject({ status: 400 });
  });
});

describe("Google", () => {
  test("not connected, then connected with what was ticked, the rest named", async () => {
    const maya = await office.visit(MAYA);
    expect(await google(maya.api)).toEqual({ state: "not_connected" });
    await maya.connect(MAYA_MAIL, CONNECT_SCOPES, [GMAIL_READ]);
    expect(await google(maya.api)).toMatchObject({
      state: "connected",
      email: MAYA_MAIL,
      missing: SCOPES.map(({ scope }) => scope).filter((scope) => scope !== GMAIL_READ),
    });
  });

  test("revoked at Google is a reconnect; a throttled vault says so and is no reconnect", async () => {
    const maya = await office.visit(MAYA);
    await maya.connect(MAYA_MAIL, CONNECT_SCOPES);
    office.auth0.vault.throttle();
    expect(await google(maya.api)).toMatchObject({
      state: "unreachable",
      problem: { code: "google_throttled" },
    });
    office.auth0.vault.revokeAtGoogle(MAYA);
    expect(await google(maya.api)).toEqual({ state: "reconnect" });
  });
});

test("the stream goes on after Last-Event-ID, misses nothing and repeats nothing", async () => {
  const maya = await office.visit(MAYA);
  await maya.connect(MAYA_MAIL, CONNECT_SCOPES);
  const { conversationId } = await started(maya.api, "Who are you?");
  const all = await office.events(maya.api, conversationId, (seen) =>
    seen.some((e) => e.body.type === "run.ended"),
  );
  expect(all.map((event) => event.seq)).toEqual(all.map((_, index) => index + 1));
  const response = await office.app.request(`/api/conversations/${conversationId}/events`, {
    headers: { authorization: `Bearer ${maya.api}`, "last-event-id": "1" },
    signal: AbortSignal.timeout(5000),
  });
  const first = await response.body?.getReader().read();
  expect(z.string().parse(Buffer.from(first?.value ?? []).toString())).toMatch(
    /^data: .*"seq":2|^id: 2/m,
  );
});
