import { hasAccountPolicy } from "./check-apis.ts";
/** What can be wrong with the three applications. */
import { type ClientCheck, setting } from "./check.ts";
import type { FoundClient } from "./found.ts";
import { CIBA_GRANT, type Installation, type Role, VAULT_GRANT } from "./installation.ts";

const redirectOf = ({ extensionId }: Installation) => `https://${extensionId}.chromiumapp.org/`;
const rotation = (client: FoundClient) => client.refresh_token?.rotation_type;

const trusted = (role: Role): ClientCheck => ({
  id: `${role}.first-party`,
  wrong: (client) => client.is_first_party === false || client.oidc_conformant !== true,
  what: `The application of the ${role} is not first-party, or not OIDC conformant.`,
  why: "Auth0 gives tokens of several APIs, Token Vault and requests to phones to such applications only.",
  mend: setting("is_first_party and OIDC Conformant of the application"),
});

const secret = (role: Role): ClientCheck => ({
  id: `${role}.secret`,
  wrong: (client) => client.token_endpoint_auth_method !== "client_secret_post",
  what: `The application of the ${role} does not prove itself by a secret in the request.`,
  why: "The server sends it that way: Auth0 answers invalid_client.",
  mend: setting("Authentication Method of the application, Client Secret (Post)"),
});

const granted = (role: Role, types: readonly string[], why: string): ClientCheck => ({
  id: `${role}.grants`,
  wrong: (client) => !types.every((type) => client.grant_types.includes(type)),
  what: `The application of the ${role} lacks a grant type; it needs ${types.join(" and ")}.`,
  why,
  mend: setting("Grant Types of the application"),
});

export const CLIENT_CHECKS: Readonly<Record<Role, readonly ClientCheck[]>> = {
  extension: [
    {
      id: "extension.type",
      wrong: (client) => client.app_type !== "spa" || client.token_endpoint_auth_method !== "none",
      what: "The extension's application is not a single page application without a secret.",
      why: "The extension can hold none: its sign-in ends with invalid_client.",
      mend: setting("Application Type, Single Page Application; Authentication Method, None"),
    },
    granted(
      "extension",
      ["authorization_code", "refresh_token"],
      "Nobody can sign in, or stays signed in.",
    ),
    trusted("extension"),
    {
      id: "extension.callback",
      wrong: (client, { installation }) => !client.callbacks.includes(redirectOf(installation)),
      what: "The extension's address is not among the allowed callback URLs, with its slash at the end.",
      why: "Sign-in and Connect end at Auth0's error page.",
      mend: setting("Allowed Callback URLs, https://EXTENSION_ID.chromiumapp.org/"),
    },
    {
      id: "extension.other-callbacks",
      warns: true,
      wrong: (client, { installation }) =>
        client.callbacks.includes(redirectOf(installation)) && client.callbacks.length > 1,
      what: "The extension's application also lets sign-ins end elsewhere.",
      why: "Who holds that address gets tokens in a person's name.",
      mend: setting("Allowed Callback URLs, without the others"),
    },
    {
      id: "extension.logout",
      wrong: (client, { installation }) =>
        !client.allowed_logout_urls.includes(redirectOf(installation)),
      what: "The extension's address is not among the allowed logout URLs.",
      why: "Signing out ends at Auth0's error page.",
      mend: setting("Allowed Logout URLs, https://EXTENSION_ID.chromiumapp.org/"),
    },
    {
      id: "extension.origins",
      warns: true,
      wrong: (client, { installation }) =>
        !client.allowed_origins.includes(`chrome-extension://${installation.extensionId}`),
      what: "The extension's origin is not among the allowed origins.",
      why: "Auth0 may carry a request out and keep its answer from the extension.",
      mend: setting("Allowed Origins (CORS), chrome-extension://EXTENSION_ID"),
    },
    {
      id: "extension.signing",
      wrong: (client) => (client.jwt_configuration?.alg ?? "RS256") !== "RS256",
      what: "The extension's ID tokens are not signed with RS256.",
      why: "The extension refuses the sign-in.",
      mend: setting("JSON Web Token Signature Algorithm, RS256"),
    },
    {
      id: "extension.rotation",
      wrong: (client) => rotation(client) !== "rotating",
      what: "Refresh tokens of the extension do not rotate.",
      why: "A browser gets none then: sign-in ends within the hour, and Google can't be connected.",
      mend: setting("Refresh Token Rotation, on"),
    },
    {
      id: "extension.leeway",
      wrong: (client) =>
        rotation(client) === "rotating" && (client.refresh_token?.leeway ?? 0) < 10,
      what: "A refresh token of the extension has no time of grace.",
      why: "An answer that was lost on the way ends the person's session: the next try counts as theft.",
      mend: setting("Rotation Overlap Period, 30 seconds"),
    },
    {
      id: "extension.my-account",
      wrong: (client, { installation }) =>
        !hasAccountPolicy(client.refresh_token?.policies ?? [], installation),
      what: "The extension's refresh token is not good for My Account, or not for all that is needed there.",
      why: "Connecting Google and enrolling a phone fail. Auth0 drops such a policy in silence if My Account was activated after it.",
      mend: setting("Multi-Resource Refresh Token of the application. People sign in again then"),
    },
  ],
  vault: [
    {
      id: "vault.api",
      wrong: (client, { installation }) =>
        client.resource_server_identifier !== installation.audience,
      what: "The application of Token Vault is not linked to VaultDesk's API.",
      why: "Auth0 lets only the API's own application exchange its tokens: no mail can be read.",
      mend: "Run `pnpm vaultdesk setup auth0`: the link can't be changed, so it makes another application. Then give its id and secret to the server.",
    },
    granted("vault", [VAULT_GRANT], "Every exchange is refused: no mail can be read."),
    trusted("vault"),
    secret("vault"),
  ],
  approvals: [
    granted("approvals", [CIBA_GRANT], "No phone can be asked: nothing can be sent."),
    {
      id: "approvals.channel",
      wrong: (client) => client.async_approval_notification_channels[0] !== "guardian-push",
      what: "Requests for approval do not go to Guardian first.",
      why: "No phone rings: the request fails, or goes out as a mail.",
      mend: setting("Client-Initiated Backchannel Authentication, Mobile Push Notification"),
    },
    trusted("approvals"),
    secret("approvals"),
  ],
};
