/** Whether the configured model answers: one word of Bedrock's Converse, or the list of Ollama. */
import { ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { z } from "zod";

import { bedrockClient } from "../agent/bedrock-client.ts";
import type { Config } from "../config.ts";
import type { BedrockConfig, OllamaConfig } from "../model-config.ts";
import { type Check, fail, type Finding, ok, warn } from "./finding.ts";
import { reach } from "./reach.ts";

const ID = "model";
const WHY = "Every question in the panel ends with 'the model could not be reached'.";

export function modelAnswers({ model }: Config): Check {
  return {
    id: ID,
    look: (signal) =>
      model.provider === "bedrock" ? bedrock(model, signal) : ollama(model, signal),
  };
}

async function bedrock(config: BedrockConfig, signal: AbortSignal): Promise<Finding[]> {
  const { region, model } = config;
  const client = bedrockClient(config);
  try {
    await client.send(
      new ConverseCommand({
        modelId: model,
        messages: [{ role: "user", content: [{ text: "Say yes." }] }],
        inferenceConfig: { maxTokens: 1 },
      }),
      { abortSignal: signal },
    );
    return [ok(ID, `${model} answers in ${region}.`)];
  } catch (error) {
    return [judgeBedrock(error, config)];
  } finally {
    client.destroy();
  }
}

/**
 * Names and texts of AWS: docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html,
 * docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html.
 */
export function judgeBedrock(error: unknown, { region, model, apiKey }: BedrockConfig): Finding {
  const { name, message } = error instanceof Error ? error : new Error("");
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const models = `https://${region}.console.aws.amazon.com/bedrock/home?region=${region}#/modelaccess`;
  const keys = apiKey === undefined ? "AWS's chain of credentials" : "AWS_BEARER_TOKEN_BEDROCK";
  if (/CredentialsProvider|TokenProvider|MissingAuthentication/.test(name)) {
    return fail(ID, {
      what: "This process finds no credentials for AWS.",
      why: WHY,
      mend: "Give the machine a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_BEARER_TOKEN_BEDROCK.",
      page: "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html",
    });
  }
  if (
    /UnrecognizedClient|ExpiredToken|InvalidSignature|IncompleteSignature|InvalidClientTokenId/.test(
      name,
    )
  ) {
    return fail(ID, {
      what: `AWS does not accept the credentials (${name}).`,
      why: WHY,
      mend: `Renew ${keys}; signatures also fail where this machine's clock is wrong.`,
      page: "https://console.aws.amazon.com/iam/",
    });
  }
  if (/AccessDenied/.test(name)) {
    return /access to the model/i.test(message)
      ? fail(ID, {
          what: `The AWS account has no access to ${model} in ${region}.`,
          why: WHY,
          mend: "Ask for access to the model in Bedrock's console, in this region.",
          page: models,
        })
      : fail(ID, {
          what: `The AWS identity may not call ${model}.`,
          why: WHY,
          mend: "Allow it bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream on the model, and on the inference profile where one is used.",
          page: "https://console.aws.amazon.com/iam/",
        });
  }
  if (
    /ResourceNotFound/.test(name) ||
    (/Validation/.test(name) && /identifier|on-demand/i.test(message))
  ) {
    return fail(ID, {
      what: `Bedrock has no ${model} in ${region}, or not under this id.`,
      why: WHY,
      mend: "Set BEDROCK_REGION to a region that has the model. Where it is offered by profile only, set BEDROCK_MODEL_ID to the profile's id (eu.amazon.nova-lite-v1:0).",
      page: "https://docs.aws.amazon.com/bedrock/latest/userguide/models-regions.html",
    });
  }
  if (/Throttling|TooManyRequests|ServiceQuota/.test(name)) {
    return warn(ID, {
      what: `Bedrock is throttling ${model} in ${region}.`,
      why: "The model is there; when it is busy, people wait or are told to ask again.",
      mend: "If it stays so, ask AWS for a higher quota, or use an inference profile of several regions.",
      page: `https://${region}.console.aws.amazon.com/servicequotas/home/services/bedrock/quotas`,
    });
  }
  if (/ENOTFOUND|EAI_AGAIN/.test(code)) {
    return fail(ID, {
      what: `Bedrock has no address for ${region}.`,
      why: WHY,
      mend: "Check BEDROCK_REGION and BEDROCK_ENDPOINT for a slip, and that this machine's DNS works.",
    });
  }
  return fail(ID, {
    what: `Bedrock did not answer (${[name, code].filter((word) => /^[\w.]{1,60}$/.test(word)).join(", ")}).`,
    why: WHY,
    mend: "Let this machine out to bedrock-runtime of the region on port 443, and look at AWS's status page.",
    page: "https://health.aws.amazon.com",
  });
}

const Tags = z.object({ models: z.array(z.object({ name: z.string() })) });

async function ollama({ url, model }: OllamaConfig, signal: AbortSignal): Promise<Finding[]> {
  const asked = await reach(new URL("/api/tags", url), { signal });
  const tags = Tags.safeParse(asked.ok ? asked.answer.body : undefined);
  if (!tags.success) {
    return [
      fail(ID, {
        what: asked.ok
          ? `${new URL(url).host} does not answer as Ollama does (${asked.answer.status}).`
          : `Ollama at ${new URL(url).host} ${asked.unreachable.what}.`,
        why: WHY,
        mend: "Start Ollama (`ollama serve`), and set OLLAMA_URL to where it listens.",
      }),
    ];
  }
  // `qwen3` is `qwen3:latest`.
  const names = tags.data.models.map(({ name }) => name);
  if (names.includes(model) || names.includes(`${model}:latest`)) {
    return [ok(ID, `${model} is on this machine's Ollama.`)];
  }
  return [
    fail(ID, {
      what: `Ollama has no model ${model}.`,
      why: WHY,
      mend: `Run \`ollama pull ${model}\`, or set OLLAMA_MODEL to one of \`ollama list\`.`,
      page: "https://ollama.com/library",
    }),
  ];
}
