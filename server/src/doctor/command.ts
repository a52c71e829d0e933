/**
 * `doctor`: looks at everything that an installation needs, and changes nothing. Exits 0 when nothing failed, 1 when something did.
 * `--push SUB` asks a person's phone, `--bearer-file FILE` tries the vault with a panel's token, `--offline` asks nobody outside.
 */
import { parseArgs } from "node:util";

import type { Config } from "../config.ts";
import type { Outcome } from "../outcome.ts";
import { auth0Clients } from "./auth0-clients.ts";
import { auth0Reach } from "./auth0-reach.ts";
import { readForDoctor } from "./configuration.ts";
import { examine } from "./examine.ts";
import { extensionFits } from "./extension.ts";
import { type Check, skipped } from "./finding.ts";
import { googleReach } from "./google.ts";
import { modelAnswers } from "./model.ts";
import { phoneAnswers, vaultLends } from "./person.ts";
import { policyInForce } from "./policy.ts";
import { report } from "./report.ts";
import { storeIsSound } from "./store.ts";
import { tenantIsSound } from "./tenant.ts";
import { versions } from "./version.ts";

type Env = Readonly<Record<string, string | undefined>>;

export async function doctor(
  args: string[],
  env: Env,
  tell: (line: string) => void,
): Promise<Outcome> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: "boolean", default: false },
      offline: { type: "boolean", default: false },
      push: { type: "string" },
      "bearer-file": { type: "string" },
    },
  });
  const { finding, config } = readForDoctor(env);
  if (config === undefined) return report([versions(), finding], values.json);
  const first = [versions(), finding, policyInForce(config)];
  const here = [extensionFits(config), storeIsSound(config)];
  if (values.offline) {
    const away = skipped("outside", "Auth0, Google and the model: --offline.");
    return report([...first, ...(await examine(here)), away], values.json);
  }
  const { push, "bearer-file": bearerFile } = values;
  const people: Check[] = [
    ...(push === undefined ? [] : [phoneAnswers(config, push, tell)]),
    ...(bearerFile === undefined ? [] : [vaultLends(config, bearerFile)]),
  ];
  const found = await examine([...here, ...outside(config, env), ...people]);
  const asked = [
    ...(push === undefined ? [skipped("phone", "A push to a phone: --push SUB.")] : []),
    ...(bearerFile === undefined
      ? [skipped("vault", "An exchange at Token Vault: --bearer-file FILE.")]
      : []),
  ];
  return report([...first, ...found, ...asked], values.json);
}

function outside(config: Config, env: Env): Check[] {
  return [
    auth0Reach(config, Date.now),
    ...auth0Clients(config),
    tenantIsSound(env),
    ...googleReach(config),
    modelAnswers(config),
  ];
}
