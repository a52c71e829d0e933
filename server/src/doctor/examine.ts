/** Runs checks side by side, each under its own time limit. A check that breaks spoils no other. */
import { factsOf } from "../observe/log.ts";
import { type Check, fail, type Finding } from "./finding.ts";

const LIMIT_MS = 20_000;

/** The findings, in the order of the checks. */
export async function examine(checks: readonly Check[], limitMs = LIMIT_MS): Promise<Finding[]> {
  return (await Promise.all(checks.map((check) => looked(check, check.limitMs ?? limitMs)))).flat();
}

async function looked(check: Check, limitMs: number): Promise<Finding[]> {
  const limit = AbortSignal.timeout(limitMs);
  const late = Promise.withResolvers<Finding[]>();
  limit.addEventListener("abort", () => {
    const what = `No answer within ${limitMs / 1000} s.`;
    late.resolve([unseen(check.id, what)]);
  });
  try {
    return await Promise.race([check.look(limit), late.promise]);
  } catch (error) {
    // Its message may quote an address with a password in it.
    const { error: name, code } = factsOf(error);
    return [unseen(check.id, `Looking broke off (${[name, code].filter(Boolean).join(", ")}).`)];
  }
}

function unseen(id: string, what: string): Finding {
  return fail(id, {
    what,
    why: "Nobody knows whether this part works.",
    mend: "Run the doctor again; if it stays so, look at the server's log and at the network between here and there.",
  });
}
