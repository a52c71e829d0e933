/** An OAuth error answer with Auth0's status and text, thrown inside oidc-provider. */
import { errors, type KoaContextWithOIDC } from "oidc-provider";

export function oauthError(
  status: number,
  error: string,
  description: string,
): errors.OIDCProviderError {
  return Object.assign(new errors.OIDCProviderError(status, error), {
    error_description: description,
  });
}

export function tooManyRequests(
  ctx: KoaContextWithOIDC,
  seconds: number,
): errors.OIDCProviderError {
  ctx.set("Retry-After", String(seconds));
  return oauthError(429, "too_many_requests", "Global limit has been reached");
}
