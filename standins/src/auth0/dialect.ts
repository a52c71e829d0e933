/** Where oidc-provider's answers differ from Auth0's: the JWT profile, the listed scope, statuses and texts of refusals. */
import { inspect } from "node:util";

import { decodeJwt } from "jose";
import type { Configuration, Provider } from "oidc-provider";
import { z } from "zod";

type Customizers = NonNullable<NonNullable<Configuration["formats"]>["customizers"]>;

const words = (value: unknown): string[] =>
  typeof value === "string" ? value.split(" ").filter(Boolean) : [];

/** Auth0's default profile, not RFC 9068: typ JWT, `azp`, OIDC and API scopes together, /userinfo as a second audience. */
export function customizeJwt(userinfo: string): NonNullable<Customizers["jwt"]> {
  return (ctx, token, jwt) => {
    const { payload } = jwt;
    const { client_id: azp, ...rest } = payload;
    for (const key of Object.keys(payload)) delete payload[key];
    const grant = token.kind === "AccessToken" ? ctx.oidc.entities.Grant : undefined;
    const scopes = new Set([...words(grant?.getOIDCScope()), ...words(rest["scope"])]);
    const machine = token.kind === "ClientCredentials";
    Object.assign(payload, rest, {
      azp,
      scope: [...scopes].join(" "),
      ...(scopes.has("openid") ? { aud: [rest["aud"], userinfo] } : {}),
      ...(machine ? { sub: `${String(azp)}@clients`, gty: "client-credentials" } : {}),
    });
    jwt.header = { ...jwt.header, typ: "JWT" };
  };
}

const Answer = z.looseObject({
  error: z.string().optional(),
  error_description: z.string().optional(),
  access_token: z.string().optional(),
});

export function speakAuth0(provider: Provider): void {
  provider.on("server_error", (ctx, error) => {
    process.stderr.write(`auth0 stand-in: ${ctx.path}: ${inspect(error)}\n`);
  });
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.path !== "/oauth/token" && ctx.path !== "/bc-authorize") return;
    const answer = Answer.safeParse(ctx.body);
    if (!answer.success) return;
    const { error, error_description: text, access_token: token } = answer.data;
    const body = answer.data;
    if (token?.startsWith("eyJ") === true) {
      ctx.body = { ...body, scope: decodeJwt(token)["scope"] };
    } else if (
      error === "invalid_request" &&
      text?.endsWith("is not allowed for this client") === true
    ) {
      ctx.status = 403;
      ctx.body = {
        error: "unauthorized_client",
        error_description: "Grant type not allowed for the client.",
      };
    } else if (error === "invalid_grant" && text === "grant request is invalid") {
      // Auth0 answers a bad code and a bad verifier alike with 403.
      ctx.status = 403;
      ctx.body = { error, error_description: "Invalid authorization code" };
    }
  });
}
