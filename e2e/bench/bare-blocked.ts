/** The child of the waiting row: so many calls of Auth0's own client, each of which asks a phone and waits until it has answered. `node bare-blocked.ts COUNT` */
import { createAuth0Clients } from "../../server/src/auth0/clients.ts";
import { readConfig } from "../../server/src/config.ts";

const read = readConfig(process.env);
if (!read.ok) throw new Error(read.problems.join());
const { approvals } = createAuth0Clients(read.config);
await Promise.all(
  Array.from({ length: Number(process.argv[2]) }, (_, index) =>
    approvals.backchannelAuthentication({
      loginHint: { sub: `google-oauth2|blocked${index}` },
      bindingMessage: "Falcon",
      requestedExpiry: 300,
      authorizationDetails: [{ type: "none" }],
      authorizationParams: { scope: "openid", audience: read.config.auth0.audience },
    }),
  ),
);
