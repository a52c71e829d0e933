/** Which model answers, and where mail text goes: one sentence for a person. Pure. */
import type { ModelView } from "@vaultdesk/shared/api.ts";

import type { ModelConfig } from "../model-config.ts";

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
/** A profile that may answer in any region of its group: docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html. */
const PROFILE = /^(us|eu|apac|jp|au|us-gov|global)\./;

const SENT = "is sent your question and the mail that tools read for it.";

function placeOf(model: string, region: string): string {
  const [, group] = PROFILE.exec(model) ?? [];
  if (group === "global") return `region ${region} or any other`;
  return group === undefined ? `region ${region}` : `region ${region} or another of ${group}`;
}

export function modelView(config: ModelConfig): ModelView {
  const { provider, model: name } = config;
  if (config.provider === "bedrock") {
    const through =
      config.endpoint === undefined ? "" : `, through ${new URL(config.endpoint).host}`;
    const place = placeOf(name, config.region);
    return { provider, name, words: `Amazon Bedrock, model ${name}, ${place}${through}: ${SENT}` };
  }
  const { host, hostname } = new URL(config.url);
  // A model of Ollama's cloud is reached through the local server, and runs elsewhere: docs.ollama.com/cloud.
  if (/[-:]cloud$/.test(name)) {
    return { provider, name, words: `Ollama's cloud, through ${host}, model ${name}: ${SENT}` };
  }
  return LOOPBACK.test(hostname)
    ? { provider, name, words: `On this server, model ${name}: no question and no mail leaves it.` }
    : { provider, name, words: `Ollama at ${host}, model ${name}: ${SENT}` };
}
