/**
 * Which server this extension talks to: the administrator's, where a policy names one, else the one that was built in. A policy can choose
 * among the hosts that the build may reach, and no others: Chrome asks nobody for more. Pure.
 */
type Address = { ok: true; serverUrl: string } | { ok: false; problem: string };

/** Of a match pattern like `https://vaultdesk.example.com/*`. */
function covers(pattern: string, { protocol, hostname }: URL): boolean {
  return pattern === `${protocol}//${hostname}/*`;
}

export function serverAddress(
  builtIn: string,
  policy: string | undefined,
  hostPermissions: readonly string[],
): Address {
  if (policy === undefined || policy === "") return { ok: true, serverUrl: builtIn };
  const url = URL.canParse(policy) ? new URL(policy) : undefined;
  if (url?.protocol !== "https:") {
    return {
      ok: false,
      problem: "Your administrator's policy names a server that does not begin with https://.",
    };
  }
  if (!hostPermissions.some((pattern) => covers(pattern, url))) {
    return {
      ok: false,
      problem: `Your administrator's policy names ${url.hostname}, which this build may not reach.`,
    };
  }
  return { ok: true, serverUrl: url.origin };
}
