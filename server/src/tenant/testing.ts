/** For tests: set-up on a tenant without a server, or on a whole stand-in, that nobody waits for. */
import { bareTenant, BARE_DOMAIN } from "@vaultdesk/standins/auth0/management/testing.ts";
import type { Auth0 } from "@vaultdesk/standins/auth0/start.ts";

import { environmentOf } from "./environment.ts";
import type { Found } from "./found.ts";
import type { Installation } from "./installation.ts";
import { createManagement, type Management } from "./management.ts";
import { readTenant } from "./read.ts";
import { setUp, type SetupEnd } from "./setup.ts";
import { managementToken } from "./token.ts";

export type Bare = ReturnType<typeof bareTenant>;

export const NORTHGATE: Installation = {
  domain: BARE_DOMAIN,
  audience: "https://api.vaultdesk.app",
  extensionId: "abcdefghijklmnopabcdefghijklmnop",
  google: { clientId: "1.apps.googleusercontent.com", clientSecret: "GOCSPX-marked-secret" },
  clientIds: {},
};

function management(bare: Bare, send: typeof fetch = bare.fetch): Management {
  return createManagement({
    domain: BARE_DOMAIN,
    token: bare.token,
    fetch: send,
    pause: async () => undefined,
    now: Date.now,
    secrets: [],
  });
}

export function setUpBare(
  bare: Bare,
  change: { send?: typeof fetch; installation?: Installation; wait?: () => void } = {},
): Promise<SetupEnd> {
  const { wait } = change;
  return setUp(management(bare, change.send), change.installation ?? NORTHGATE, {
    dryRun: false,
    waitMs: wait === undefined ? 0 : 60_000,
    pause: async () => wait?.(),
    tell: { done: () => undefined, needs: () => undefined },
  });
}

/** A tenant with everything done, a person's part too. */
export async function readyTenant(installation: Installation = NORTHGATE): Promise<Bare> {
  const bare = bareTenant();
  bare.activateMyAccount();
  await setUpBare(bare, { installation });
  bare.requests.length = 0;
  return bare;
}

export async function foundIn(bare: Bare): Promise<Found> {
  const read = await readTenant(management(bare), NORTHGATE);
  if (!read.ok) throw new Error(`unread: ${JSON.stringify(read.failures)}`);
  return read.found;
}

/** Sets up a new stand-in tenant over HTTPS with its machine-to-machine application; the environment of a server for it. */
export async function setUpStandIn(
  auth0: Auth0,
  extensionId: string,
): Promise<Record<string, string>> {
  const { domain } = auth0;
  const got = await managementToken(domain, auth0.management, fetch);
  if (!got.ok) throw new Error(got.problem);
  const installation: Installation = { ...NORTHGATE, domain, extensionId };
  const asks = { domain, token: got.token, fetch, pause: async () => undefined, now: Date.now };
  auth0.dashboard.activateMyAccount();
  const end = await setUp(createManagement({ ...asks, secrets: [] }), installation, {
    dryRun: false,
    waitMs: 0,
    pause: async () => undefined,
    tell: { done: () => undefined, needs: () => undefined },
  });
  if (end.state !== "done") throw new Error(`not set up: ${JSON.stringify(end)}`);
  const { server, secrets } = environmentOf(end.found, installation);
  return { ...server, ...secrets };
}
