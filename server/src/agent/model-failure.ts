/** What can go wrong with a model, as a problem for the person, and whether it may pass by itself. Pure. */
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";

export class StreamCut extends Error {
  override readonly name = "StreamCut";
}

/** A turn without a word and without a call. */
export class EmptyTurn extends Error {
  override readonly name = "EmptyTurn";
}

/** An HTTP status that is no answer; its body may quote the question and is not kept. */
export class ModelRefused extends Error {
  override readonly name = "ModelRefused";
  readonly status: number;

  constructor(status: number) {
    super(`the model's server answered ${status}`);
    this.status = status;
  }
}

function* causes(error: unknown): Generator<Error> {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    yield current;
    current = current.cause;
  }
}

function statusOf(error: Error): number | undefined {
  if (error instanceof ModelRefused) return error.status;
  const meta: unknown = "$metadata" in error ? error.$metadata : undefined;
  return typeof meta === "object" && meta !== null && "httpStatusCode" in meta
    ? Number(meta.httpStatusCode)
    : undefined;
}

type Kind = "cut" | "throttled" | "refused" | "down";

/** Names of AWS errors: docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html. */
function kindOf(error: unknown): Kind {
  const all = [...causes(error)];
  if (all.some((one) => one instanceof StreamCut)) return "cut";
  const statuses = all.flatMap((one) => statusOf(one) ?? []);
  const names = all.map((one) => one.name).join(" ");
  if (statuses.includes(429) || /Throttling|TooManyRequests|ServiceQuotaExceeded/.test(names)) {
    return "throttled";
  }
  // 408 and ModelTimeout are a slow model, not a wrong question.
  const refusal = statuses.some((status) => status >= 400 && status < 500 && status !== 408);
  return refusal && !/ModelTimeout|ModelNotReady|ModelStreamError/.test(names) ? "refused" : "down";
}

/** The same call may succeed a moment later. */
export function mayPass(error: unknown): boolean {
  return kindOf(error) !== "refused";
}

export function modelProblem(error: unknown, hadText: boolean): Problem {
  if (hadText) return problem("model_cut");
  switch (kindOf(error)) {
    case "cut":
      return problem("model_cut");
    case "throttled":
      return problem("model_throttled");
    case "refused":
      return problem("model_refused");
    case "down":
      return problem("model_down");
  }
}
