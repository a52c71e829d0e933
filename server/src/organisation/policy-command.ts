/** `policy check FILE`: whether the server would start with it, and what it comes to. `policy schema`: its JSON Schema, for an editor. */
import { OrgPolicy } from "@vaultdesk/shared/org-policy.ts";
import { z } from "zod";

import { misused, type Outcome } from "../outcome.ts";
import { policyLines } from "./in-words.ts";
import { readPolicy } from "./policy-file.ts";

export function policySchema(): string {
  return `${JSON.stringify(z.toJSONSchema(OrgPolicy, { io: "input" }), undefined, 2)}\n`;
}

export function policyCommand([verb, file, ...more]: string[]): Outcome {
  if (verb === "schema" && file === undefined) {
    return { exit: 0, answer: [policySchema().trimEnd()] };
  }
  if (verb !== "check" || file === undefined || more.length > 0) {
    return misused("policy takes check FILE, or schema");
  }
  const read = readPolicy(file);
  if (!read.ok) return { exit: 1, answer: read.problems.map((one) => `not ok: ${one}`) };
  return { exit: 0, answer: [`ok: digest ${read.policy.digest}`, ...policyLines(read.policy)] };
}
