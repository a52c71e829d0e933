/**
 * The lock round whatever may spend the refresh token, in all of the extension's own pages and its worker. spa-js locks per audience only,
 * and two audiences that refresh at once spend the same rotating token, which Auth0 answers by ending the session.
 */
export function spending<T>(use: () => Promise<T>): Promise<T> {
  return navigator.locks.request("auth0-refresh-token", use);
}
