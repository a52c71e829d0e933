/** `deploy/auth0/tenant.yaml` is what set-up wants, for auth0-deploy-cli. `vitest run server/src/tenant/deploy.test.ts -u` writes it anew. */
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";

import { ROLES } from "./installation.ts";
import { type Fields, type Wanted, wantedTenant } from "./wanted.ts";

const FILE = "../../../deploy/auth0/tenant.yaml";
const HEAD = `# What \`pnpm vaultdesk setup auth0\` makes, for auth0-deploy-cli 8.44 and newer. Made from server/src/tenant/wanted.ts.
# Activate My Account first, and keep AUTH0_ALLOW_DELETE=false: the tenant holds more than this. See docs/admin/auth0.md.
`;

/** The tool has no word for "none"; it is what a new API has. */
const withoutNothing = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

function deployed(wanted: Wanted): object {
  const name = (role: (typeof ROLES)[number]) => wanted.clients[role].name;
  return {
    // The name by which the tool knows that of Auth0's own API little can be changed.
    resourceServers: [
      withoutNothing(wanted.api),
      { name: "Auth0 My Account API", ...wanted.myAccount },
    ],
    clients: ROLES.map((role) => wanted.clients[role]),
    clientGrants: wanted.grants.map(({ role, ...grant }) => ({ client_id: name(role), ...grant })),
    connections: [{ ...wanted.connection, enabled_clients: wanted.enabled.map(name) }],
    guardianFactors: [{ name: wanted.factor, enabled: true }],
  };
}

test("the folder for auth0-deploy-cli says what set-up does", async () => {
  const wanted = wantedTenant(
    {
      domain: "##AUTH0_DOMAIN##",
      audience: "##API_AUDIENCE##",
      extensionId: "##EXTENSION_ID##",
      google: { clientId: "##GOOGLE_CLIENT_ID##", clientSecret: "##GOOGLE_CLIENT_SECRET##" },
      clientIds: {},
    },
    { activated: true, strict: false },
  );
  const text = HEAD + stringify(deployed(wanted), { lineWidth: 0, aliasDuplicateObjects: false });
  expect(parse(text)).toEqual(deployed(wanted));
  await expect(text).toMatchFileSnapshot(FILE);
});
