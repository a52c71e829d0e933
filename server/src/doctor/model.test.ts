import { expect, test } from "vitest";

import { ENVIRONMENT } from "../environment-for-tests.ts";
import { readModelConfig } from "../model-config.ts";
import { judge } from "./auth0-clients.ts";
import { judgeBedrock } from "./model.ts";

function aws(name: string, message = "", code?: string): Error {
  return Object.assign(new Error(message), { name }, code === undefined ? {} : { code });
}

test.each<[string, Error, string]>([
  ["no credentials", aws("CredentialsProviderError"), "finds no credentials"],
  [
    "an old token",
    aws("ExpiredTokenException"),
    "does not accept the credentials (ExpiredTokenException)",
  ],
  [
    "a model that was not asked for",
    aws("AccessDeniedException", "You don't have access to the model with the specified model ID."),
    "has no access to amazon.nova-lite-v1:0 in eu-central-1",
  ],
  [
    "a policy",
    aws("AccessDeniedException", "User: arn is not authorized to perform: bedrock:InvokeModel"),
    "identity may not call",
  ],
  [
    "a wrong id",
    aws("ValidationException", "The provided model identifier is invalid."),
    "has no amazon.nova-lite-v1:0",
  ],
  [
    "profile only",
    aws("ValidationException", "Invocation of model ID with on-demand throughput isn’t supported."),
    "or not under this id",
  ],
  ["a wrong region", aws("Error", "getaddrinfo", "ENOTFOUND"), "has no address for eu-central-1"],
  ["a busy one", aws("ThrottlingException"), "is throttling"],
  [
    "anything else",
    aws("InternalServerException", "secret text"),
    "did not answer (InternalServerException)",
  ],
])("Bedrock: %s", (_, error, what) => {
  const read = readModelConfig(ENVIRONMENT);
  if (!read.ok || read.model.provider !== "bedrock") throw new Error("unread");
  const finding = judgeBedrock(error, read.model);
  expect(finding.what).toContain(what);
  expect(JSON.stringify(finding)).not.toContain("secret text");
});

test.each([
  [401, "invalid_client", "", "secret"],
  [401, "access_denied", "Unauthorized", "secret"],
  [403, "unauthorized_client", "Grant type not allowed for the client.", "grant"],
  [401, "invalid_grant", "", "accepted"],
  [401, "federated_connection_refresh_token_not_found", "", "accepted"],
  [429, "too_many_requests", "", "busy"],
  [503, "", "", "down"],
])("a dummy token that is refused with %i %s %s: the client is %s", (status, error, text, said) => {
  expect(judge(status, error, text)).toBe(said);
});
