/** For tests: a whole environment of the server, for a tenant that nobody asks. */
export const ENVIRONMENT = {
  EXTENSION_ID: "abcdefghijklmnopabcdefghijklmnop",
  AUTH0_DOMAIN: "tenant.example",
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
