import { expect, test } from "vitest";

import { readConfig } from "./config.ts";

const env = {
  EXTENSION_ID: "abcdefghijklmnopabcdefghijklmnop",
  AUTH0_DOMAIN: "localhost:8443",
  AUTH0_AUDIENCE: "https://api.vaultdesk.app",
  AUTH0_EXTENSION_CLIENT_ID: "extension",
  AUTH0_VAULT_CLIENT_ID: "vault",
  AUTH0_VAULT_CLIENT_SECRET: "vault-secret-vault-secret",
  AUTH0_APPROVALS_CLIENT_ID: "approvals",
  AUTH0_APPROVALS_CLIENT_SECRET: "approvals-secret-approvals",
  BEDROCK_REGION: "eu-central-1",
  BEDROCK_MODEL_ID: "amazon.nova-lite-v1:0",
  DATABASE_FILE: ":memory:",
  MASTER_KEY: Buffer.alloc(32, 7).toString("base64"),
};

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
