/** What the organisation set, as this environment's server would hold to it. Pure: a file that can't be used is the configuration's finding. */
import type { Config } from "../config.ts";
import { policyLines } from "../organisation/in-words.ts";
import { type Finding, ok } from "./finding.ts";

const ID = "policy";

export function policyInForce({ policy }: Pick<Config, "policy">): Finding {
  if (!policy.set) return ok(ID, "No POLICY_FILE: the built-in rules hold.");
  return ok(ID, `POLICY_FILE, digest ${policy.digest}: ${policyLines(policy).join("; ")}`);
}
