import { expect, test } from "vitest";

import { checkClaims } from "./grant.ts";

const details = {
  type: "urn:auth0:schemas:authorization-details:v1:vaultdesk-write",
  instruction: "Approve sending this mail",
  properties: { digest: { display: false, value: "d".repeat(64) } },
};
const expected = { approver: "google-oauth2|1001", details, digest: "d".repeat(64) };
const claims = {
  sub: "google-oauth2|1001",
  azp: "approvals",
  jti: "jti-00000001",
  scope: "openid write:approve",
  authorization_details: [details],
};

test("a grant for exactly this approval is accepted with its jti", () => {
  expect(checkClaims(claims, expected, "approvals")).toEqual({ ok: true, jti: "jti-00000001" });
});

test.each([
  ["another client's token", { azp: "extension" }, "wrong_client"],
  ["another user's yes", { sub: "google-oauth2|1002" }, "wrong_user"],
  ["a token without the approval scope", { scope: "openid agent:use" }, "wrong_scope"],
  [
    "changed details",
    { authorization_details: [{ ...details, instruction: "x" }] },
    "wrong_details",
  ],
  ["a second object", { authorization_details: [details, details] }, "wrong_details"],
  ["no details", { authorization_details: [] }, "wrong_details"],
])("%s is refused", (_, change, reason) => {
  expect(checkClaims({ ...claims, ...change }, expected, "approvals")).toEqual({
    ok: false,
    reason,
  });
});

test("details that carry another digest are refused, even when they are what was sent", () => {
  expect(checkClaims(claims, { ...expected, digest: "e".repeat(64) }, "approvals")).toEqual({
    ok: false,
    reason: "wrong_digest",
  });
});
