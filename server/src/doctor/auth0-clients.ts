/**
 * The three applications as the token endpoint and the sign-in page know them, asked without a user: each confidential one shows its secret
 * with its own grant and a token that is none, which a sound one is refused for and nothing else; the extension asks for a silent sign-in.
 */
import { createHash } from "node:crypto";

import { APPROVE_SCOPE } from "@vaultdesk/shared/api.ts";
import { z } from "zod";

import type { Config } from "../config.ts";
import { CIBA_GRANT, dashboardPage, VAULT_GRANT } from "../tenant/installation.ts";
import { type Check, fail, type Finding, ok, warn } from "./finding.ts";
import { reach } from "./reach.ts";

const Refusal = z.object({
  error: z.string().default(""),
  error_description: z.string().default(""),
});

const CLIENTS = {
  vault: {
    key: "AUTH0_VAULT",
    grant: VAULT_GRANT,
    dummy: {
      connection: "google-oauth2",
      subject_token: "none",
      subject_token_type: "urn:ietf:params:oauth:token-type:access_token",
      requested_token_type: "http://auth0.com/oauth/token-type/federated-connection-access-token",
    },
    grantName: "Token Vault",
    without: "No Google token can be borrowed: nothing can be read, drafted or sent.",
  },
  approvals: {
    key: "AUTH0_APPROVALS",
    grant: CIBA_GRANT,
    dummy: { auth_req_id: "none" },
    grantName: "Client Initiated Backchannel Authentication (CIBA)",
    without: "No phone can be asked, so nothing can ever be sent, scheduled or moved.",
  },
} as const;

export function auth0Clients({ auth0, extensionOrigin }: Config): Check[] {
  return [
    confidential("vault", auth0, auth0.vault),
    confidential("approvals", auth0, auth0.approvals),
    extension(auth0, new URL(extensionOrigin).hostname),
  ];
}

function confidential(
  role: keyof typeof CLIENTS,
  { domain, issuer }: Config["auth0"],
  { clientId, clientSecret }: Config["auth0"]["vault"],
): Check {
  const id = `auth0.client.${role}`;
  const { key, grant, dummy, grantName, without } = CLIENTS[role];
  const page = dashboardPage(domain, `applications/${encodeURIComponent(clientId)}/settings`);
  return {
    id,
    async look(signal) {
      const asked = await reach(new URL("oauth/token", issuer), {
        method: "POST",
        body: new URLSearchParams({
          grant_type: grant,
          client_id: clientId,
          client_secret: clientSecret,
          ...dummy,
        }),
        signal,
      });
      if (!asked.ok) {
        const { what, mend } = asked.unreachable;
        return [fail(id, { what: `The token endpoint ${what}.`, why: without, mend })];
      }
      const said = Refusal.catch({ error: "", error_description: "" }).parse(asked.answer.body);
      switch (judge(asked.answer.status, said.error, said.error_description)) {
        case "accepted":
          return [ok(id, `Auth0 knows application ${clientId}, its secret and its grant.`)];
        case "secret":
          return [
            fail(id, {
              what: `Auth0 refuses application ${clientId} or its secret.`,
              why: without,
              mend: `Set ${key}_CLIENT_ID and ${key}_CLIENT_SECRET to those of the application; a secret that was rotated is another one.`,
              page,
            }),
          ];
        case "grant":
          return [
            fail(id, {
              what: `Application ${clientId} may not use the grant ${grantName}.`,
              why: without,
              mend: `Run \`pnpm vaultdesk setup auth0\`, or turn the grant on by hand; for Token Vault the application must also be the one that is linked to the API.`,
              page,
            }),
          ];
        case "busy":
          return [
            warn(id, {
              what: "Auth0 answered that it gets too many requests.",
              why: "The application could not be checked.",
              mend: "Run the doctor again in a minute; if it stays so, lower AUTH0_REQUESTS_PER_SECOND.",
            }),
          ];
        case "down":
          return [
            fail(id, {
              what: `The token endpoint answers ${asked.answer.status}.`,
              why: without,
              mend: "Look at Auth0's status page, and run the doctor again.",
              page: "https://status.auth0.com",
            }),
          ];
      }
    },
  };
}

/** The dummy itself is refused with `invalid_grant`, or with words of its own: what is not known to be about the client is about it. */
export function judge(
  status: number,
  error: string,
  description: string,
): "accepted" | "secret" | "grant" | "busy" | "down" {
  if (status === 429) return "busy";
  if (status >= 500) return "down";
  if (error === "invalid_client") return "secret";
  if (error === "access_denied" && /unauthorized/i.test(description)) return "secret";
  return error === "unauthorized_client" ? "grant" : "accepted";
}

/** What a silent sign-in says where nobody is signed in: client, redirect address and API are in order. OpenID Connect Core 3.1.2.6. */
const NOBODY = ["login_required", "interaction_required", "consent_required"];

function extension(
  { domain, issuer, audience, extensionClientId }: Config["auth0"],
  host: string,
): Check {
  const id = "auth0.client.extension";
  const why = "Nobody can sign in from the panel.";
  const page = dashboardPage(
    domain,
    `applications/${encodeURIComponent(extensionClientId)}/settings`,
  );
  return {
    id,
    async look(signal): Promise<Finding[]> {
      const back = `https://${host}.chromiumapp.org/`;
      const url = new URL("authorize", issuer);
      url.search = new URLSearchParams({
        response_type: "code",
        client_id: extensionClientId,
        redirect_uri: back,
        scope: `openid ${APPROVE_SCOPE}`,
        audience,
        prompt: "none",
        state: "doctor",
        code_challenge: createHash("sha256").update("doctor").digest("base64url"),
        code_challenge_method: "S256",
      }).toString();
      const asked = await reach(url, { signal });
      if (!asked.ok) {
        const { what, mend } = asked.unreachable;
        return [fail(id, { what: `The sign-in page ${what}.`, why, mend })];
      }
      const to = asked.answer.headers.get("location") ?? "";
      if (!to.startsWith(back)) {
        return [
          fail(id, {
            what: `Auth0 does not know application ${extensionClientId}, or does not let it back to ${back}`,
            why,
            mend: `Set AUTH0_EXTENSION_CLIENT_ID, and let the application's Allowed Callback URLs hold exactly ${back} (EXTENSION_ID makes it, slash included).`,
            page,
          }),
        ];
      }
      const error = new URL(to).searchParams.get("error") ?? "";
      if (NOBODY.includes(error)) {
        return [
          ok(id, `Auth0 lets application ${extensionClientId} sign people in for ${audience}`),
        ];
      }
      return [
        fail(id, {
          what: `Auth0 refuses a sign-in of application ${extensionClientId} for ${audience} (${/^\w{1,60}$/.test(error) ? error : "no code"}).`,
          why,
          mend: "Set AUTH0_AUDIENCE to the identifier of the API, and give the application access to it for users.",
          page: dashboardPage(domain, "apis"),
        }),
      ];
    },
  };
}
