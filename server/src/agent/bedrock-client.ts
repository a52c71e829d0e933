/** AWS's client for Bedrock as it is configured: with an API key, or with what AWS's chain of credentials finds. One attempt a call. */
import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";

import type { BedrockConfig } from "../model-config.ts";

export function bedrockClient({ region, endpoint, apiKey }: BedrockConfig): BedrockRuntimeClient {
  const client = new BedrockRuntimeClient({
    region,
    // Tries are counted in one place, `model-retry.ts`.
    maxAttempts: 1,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(apiKey === undefined
      ? {}
      : { token: { token: apiKey }, authSchemePreference: ["httpBearerAuth"] }),
  });
  // It copies each request and answer for a log, and there is none.
  client.middlewareStack.remove("loggerMiddleware");
  return client;
}
