import { GenericError, MissingRefreshTokenError, TimeoutError } from "@auth0/auth0-spa-js";
import { expect, test } from "vitest";

import { readFlowFailure, readTokenFailure } from "./failure.ts";

test.each([
  ["no refresh token", new MissingRefreshTokenError("api", "openid"), "signed_out"],
  ["a refresh token used twice", new GenericError("invalid_grant", "reuse"), "signed_out"],
  ["a time-out", new TimeoutError(), "unreachable"],
  ["no network", new TypeError("Failed to fetch"), "unreachable"],
  ["a throttled tenant", new GenericError("too_many_requests", "slow down"), "unreachable"],
])("%s leaves the session %s", (_name, error, state) => {
  expect(readTokenFailure(error).state).toBe(state);
});

test("pressing Cancel at Google is not a failure", () => {
  expect(readFlowFailure(new GenericError("access_denied", "no"))).toEqual({
    outcome: "cancelled",
  });
  expect(readFlowFailure(new Error("Invalid state"))).toEqual({
    outcome: "failed",
    detail: "Invalid state",
  });
});
