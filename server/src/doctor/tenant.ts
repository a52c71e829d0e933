/** The tenant's own settings, by the checks of `tenant/`, where a management token is given. */
import { setTimeout as delay } from "node:timers/promises";

import { checkTenant } from "../tenant/checks.ts";
import { createManagement } from "../tenant/management.ts";
import { readTenant } from "../tenant/read.ts";
import { readSetupEnvironment } from "../tenant/setup-environment.ts";
import { managementToken } from "../tenant/token.ts";
import { failureLine } from "../tenant/words.ts";
import { type Check, fail, type Finding, skipped } from "./finding.ts";

const ID = "tenant";
const LIMIT_MS = 60_000;
const GIVEN = /^AUTH0_MANAGEMENT_(TOKEN|CLIENT_SECRET)(_FILE)?$/;

export function tenantIsSound(env: Readonly<Record<string, string | undefined>>): Check {
  return {
    id: ID,
    // A free tenant takes two requests a second.
    limitMs: LIMIT_MS,
    async look() {
      if (!Object.keys(env).some((key) => GIVEN.test(key) && env[key] !== "")) {
        return [
          skipped(
            ID,
            "The tenant's settings: set AUTH0_MANAGEMENT_TOKEN, or AUTH0_MANAGEMENT_CLIENT_ID and AUTH0_MANAGEMENT_CLIENT_SECRET.",
          ),
        ];
      }
      const read = readSetupEnvironment(env);
      if (!read.ok) return [unread(read.problems.join("; "))];
      const { installation, credentials } = read;
      const got = await managementToken(installation.domain, credentials, fetch);
      if (!got.ok) return [unread(got.problem)];
      const management = createManagement({
        domain: installation.domain,
        token: got.token,
        fetch,
        pause: delay,
        now: Date.now,
        secrets: [],
      });
      const tenant = await readTenant(management, installation);
      if (!tenant.ok) return [unread(tenant.failures.map(failureLine).join("; "))];
      return checkTenant(tenant.found, installation);
    },
  };
}

function unread(what: string): Finding {
  return fail(ID, {
    what: `The tenant's settings could not be read: ${what}.`,
    why: "Its APIs, applications, connection and push settings were not checked.",
    mend: "Give a management token of this tenant with the scopes that docs/admin/auth0.md names.",
    page: "docs/admin/auth0.md",
  });
}
