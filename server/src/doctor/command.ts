/** `doctor`: looks at everything that an installation needs, and changes nothing. Exits 1 where something failed. */
import { parseArgs } from "node:util";

import type { Config } from "../config.ts";
import type { Outcome } from "../outcome.ts";
import { auth0Reach } from "./auth0-reach.ts";
import { readForDoctor } from "./configuration.ts";
import { examine } from "./examine.ts";
import type { Check } from "./finding.ts";
import { report } from "./report.ts";

export async function doctor(
  args: string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Outcome> {
  const { values } = parseArgs({ args, options: { json: { type: "boolean", default: false } } });
  const { finding, config } = readForDoctor(env);
  if (config === undefined) return report([finding], values.json);
  return report([finding, ...(await examine(checksOf(config)))], values.json);
}

function checksOf(config: Config): Check[] {
  return [auth0Reach(config, Date.now)];
}
