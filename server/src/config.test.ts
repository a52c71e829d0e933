import { expect, test } from "vitest";

import { readConfig } from "./config.ts";
import { ENVIRONMENT } from "./environment-for-tests.ts";

const env = { ...ENVIRONMENT, AUTH0_DOMAIN: "localhost:8443" };

test("a whole environment is a frozen configuration with Auth0's trailing slash", () => {
  const read = readConfig(env);
  expect(read).toMatchObject({
    ok: true,
    config: { auth0: { issuer: "https://localhost:8443/" } },
  });
});

test("every bad key is named at once, and no value is repeated", () => {
  const read = readConfig({
    ...env,
    AUTH0_DOMAIN: "https://tenant.example",
    MASTER_KEY: "c2hvcnQtc2VjcmV0",
    BEDROCK_REGION: undefined,
    APPROVAL_SECONDS: "900",
  });
  const text = read.ok ? "" : read.problems.join("\n");
  for (const key of [
    "AUTH0_DOMAIN",
    "MASTER_KEY",
    "BEDROCK_REGION is missing",
    "APPROVAL_SECONDS",
  ]) {
    expect(text).toContain(key);
  }
  expect(text).not.toContain("c2hvcnQtc2VjcmV0");
  expect(text).not.toContain("tenant.example");
});
