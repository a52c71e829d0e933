import { describe, expect, test } from "vitest";

import { judgePoll, judgePush } from "./ciba.ts";

const said = { error: undefined, description: "", status: 400, retryAfter: undefined };

describe("a push that was refused", () => {
  test.each([
    [
      "No eligible notification channels were found. guardian-push: User does not have push notifications set up",
      { error: "invalid_request" },
      "not_enrolled",
    ],
    ["binding_message is invalid", { error: "invalid_binding_message" }, "refused"],
    ["", { error: "too_many_requests", status: 429 }, "too_many"],
    ["", { status: 503 }, "down"],
    ["", { status: undefined }, "down"],
  ])("%s", (description, change, reason) => {
    expect(judgePush({ ...said, description, ...change })).toMatchObject({ ok: false, reason });
  });
});

describe("one poll", () => {
  test.each([
    [{ error: "authorization_pending" }, { kind: "pending" }],
    [
      { error: "slow_down", retryAfter: 10 },
      { kind: "slow_down", retryAfterSeconds: 10 },
    ],
    [{ error: "access_denied" }, { kind: "access_denied" }],
    [{ error: "expired_token" }, { kind: "access_denied" }],
    [{ error: "invalid_grant" }, { kind: "dead", error: "invalid_grant" }],
    [
      { error: "too_many_requests", status: 429, retryAfter: 3 },
      { kind: "slow_down", retryAfterSeconds: 3 },
    ],
    [{ status: 502 }, { kind: "unreachable" }],
    [{ status: undefined }, { kind: "unreachable" }],
  ])("%o", (change, answer) => {
    expect(judgePoll({ ...said, ...change })).toEqual(answer);
  });
});
