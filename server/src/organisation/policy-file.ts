/** The organisation's policy as it lies on the disk: read once at start, and whatever is wrong with it named by its key. */
import { hash } from "node:crypto";
import { readFileSync } from "node:fs";

import { canonicalJson } from "@vaultdesk/shared/digest.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import {
  allowsModel,
  BUILT_IN,
  type InForce,
  inForce,
  OrgPolicy,
  orgPolicyFaults,
} from "@vaultdesk/shared/org-policy.ts";

/** `digest` is of what the file says, not of its spaces; `none` without a file. */
export type LoadedPolicy = InForce & { readonly digest: string };

export type ReadPolicy = { ok: true; policy: LoadedPolicy } | { ok: false; problems: string[] };

export const NO_POLICY: LoadedPolicy = { ...BUILT_IN, digest: "none" };

function parsed(text: string): ReadPolicy {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    const where = error instanceof Error ? error.message : "";
    return { ok: false, problems: [`it is not JSON: ${where}`] };
  }
  const read = OrgPolicy.safeParse(value);
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) =>
      path.length === 0 ? message : `${path.join(".")}: ${message}`,
    );
    return { ok: false, problems };
  }
  const problems = orgPolicyFaults(read.data);
  if (problems.length > 0) return { ok: false, problems };
  const { $schema: _, ...says } = read.data;
  const digest = hash("sha256", canonicalJson(says), "hex");
  return { ok: true, policy: { ...inForce(read.data), digest } };
}

export function readPolicy(file: string): ReadPolicy {
  try {
    return parsed(readFileSync(file, "utf8"));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return { ok: false, problems: [`the file can't be read by this process (${code})`] };
  }
}

/** Why the configured model may not answer, with the mend. */
export function modelFault(
  { models }: InForce,
  { provider, model }: { provider: string; model: string },
): string | undefined {
  const name = `${provider}/${model}`;
  if (allowsModel(models, name)) return undefined;
  return `models: ${name}, which is configured, is not among them: configure one of them, or add it`;
}
