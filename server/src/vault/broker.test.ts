import { GMAIL_COMPOSE, GMAIL_READ } from "@vaultdesk/shared/scope.ts";
import { expect, test, vi } from "vitest";

import { createLog } from "../observe/log.ts";
import { createBroker, type Grant } from "./broker.ts";
import { judge, type VaultResult } from "./exchange.ts";

const HOUR = 3_600_000;
const panel: Grant = { kind: "panel", sub: "google-oauth2|1001", subjectToken: "bearer" };
const approval: Grant = { ...panel, kind: "approval", subjectToken: "ciba" };

const use = (token: string) => Promise.resolve(token.length);

function brokerOn(...answers: VaultResult[]) {
  const asked: string[] = [];
  const lines: string[] = [];
  let now = 0;
  const broker = createBroker({
    exchange: (subjectToken) => {
      asked.push(subjectToken);
      const next = answers.length > 1 ? answers.shift() : answers[0];
      return next === undefined ? Promise.reject(new Error("no answer")) : Promise.resolve(next);
    },
    log: createLog((line) => lines.push(line)),
    now: () => now,
  });
  return { broker, asked, lines, wait: (ms: number) => (now += ms) };
}

function lends(scopes: string[], accessToken = "ya29.google"): VaultResult {
  return { ok: true, token: { accessToken, scopes, expiresAt: HOUR } };
}

test("a token is asked for once and lent until a minute before it ends", async () => {
  const { broker, asked, wait } = brokerOn(lends([GMAIL_READ]));
  await broker.withToken(panel, "search_gmail", use);
  wait(HOUR - 61_000);
  await broker.withToken(panel, "search_gmail", use);
  expect(asked).toHaveLength(1);
  wait(2000);
  await broker.withToken(panel, "search_gmail", use);
  expect(asked).toHaveLength(2);
});

test("a token that nobody borrows for half a minute is no longer there", async () => {
  vi.useFakeTimers();
  const { broker, asked } = brokerOn(lends([GMAIL_READ]));
  for (const pause of [0, 20_000, 29_999]) {
    await vi.advanceTimersByTimeAsync(pause);
    await broker.withToken(panel, "search_gmail", use);
  }
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(vi.getTimerCount()).toBe(0);
  await broker.withToken(panel, "search_gmail", use);
  expect(asked).toHaveLength(2);
  vi.useRealTimers();
});

test("a phone's approval is exchanged with its own token, whatever the panel holds", async () => {
  const { broker, asked } = brokerOn(lends([GMAIL_COMPOSE]));
  await broker.withToken(panel, "send_email_with_approval", use);
  await broker.withToken(approval, "send_email_with_approval", use);
  await broker.withToken(approval, "send_email_with_approval", use);
  expect(asked).toEqual(["bearer", "ciba", "ciba"]);
});

test("a missing scope is asked for once more, then named, and nothing is used", async () => {
  const { broker, asked } = brokerOn(lends([GMAIL_READ]));
  let used = 0;
  const loan = await broker.withToken(panel, "send_email_with_approval", () =>
    Promise.resolve((used += 1)),
  );
  expect(loan).toMatchObject({
    ok: false,
    problem: { code: "google_scope_missing", scopes: [GMAIL_COMPOSE] },
  });
  expect(used).toBe(0);
  expect(asked).toHaveLength(2);
});

test("a scope that was granted since is found without signing in again", async () => {
  const { broker } = brokerOn(lends([GMAIL_READ]), lends([GMAIL_READ, GMAIL_COMPOSE]));
  await broker.withToken(panel, "search_gmail", () => Promise.resolve(0));
  const loan = await broker.withToken(panel, "draft_email_reply", () => Promise.resolve("drafted"));
  expect(loan).toEqual({ ok: true, value: "drafted" });
});

test.each([
  [{ reason: "not_connected" }, "google_not_connected"],
  [{ reason: "reconnect", error: "x" }, "google_reconnect"],
  [{ reason: "throttled", retryAfter: 7 }, "google_throttled"],
  [{ reason: "down" }, "vault_down"],
  [{ reason: "misconfigured", error: "invalid_client" }, "internal"],
] as const)("%o is told as %s", async (refusal, code) => {
  const { broker } = brokerOn({ ok: false, ...refusal });
  const loan = await broker.withToken(panel, "search_gmail", () => Promise.resolve(0));
  expect(loan).toMatchObject({ ok: false, problem: { code } });
});

test.each([
  [401, "federated_connection_refresh_token_not_found", "not_connected"],
  [401, "federated_connection_refresh_token_flow_failed", "reconnect"],
  [401, "something_new", "reconnect"],
  [403, "access_denied", "misconfigured"],
  [401, "invalid_client", "misconfigured"],
  [429, "too_many_requests", "throttled"],
  [503, undefined, "down"],
  [undefined, undefined, "down"],
])("the exchange's %s %s means %s", (status, error, reason) => {
  expect(judge({ status, error, description: "", retryAfter: undefined })).toMatchObject({
    reason,
  });
});
