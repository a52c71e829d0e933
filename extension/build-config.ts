/**
 * What the build bakes in from its environment: the hosts that the extension may reach, and config.json.
 * Without the four variables it is the loopback build: any port of this machine, and config.json is written by whoever starts it.
 */
import { PackagedConfig } from "./src/config-schema.ts";

export interface Hosts {
  hostPermissions: string[];
  connect: string[];
}

const LOOPBACK: Hosts = {
  hostPermissions: ["http://127.0.0.1/*", "https://localhost/*"],
  connect: ["http://127.0.0.1:*", "https://localhost:*"],
};

const NAMES = {
  serverUrl: "VAULTDESK_SERVER_URL",
  auth0Domain: "VAULTDESK_AUTH0_DOMAIN",
  auth0ClientId: "VAULTDESK_AUTH0_CLIENT_ID",
  auth0Audience: "VAULTDESK_AUTH0_AUDIENCE",
} as const;

/** All four variables, or none; a part of them is an error that names the missing ones. */
export function readBuildConfig(
  env: Readonly<Record<string, string | undefined>>,
): PackagedConfig | undefined {
  const missing = Object.values(NAMES).filter((name) => (env[name] ?? "") === "");
  if (missing.length === Object.keys(NAMES).length) return undefined;
  if (missing.length > 0) throw new Error(`set ${missing.join(", ")} too, or none of them`);
  return PackagedConfig.parse(
    Object.fromEntries(Object.entries(NAMES).map(([key, name]) => [key, env[name]])),
  );
}

/** Servers besides the built-in one that an administrator's policy may name: https origins, separated by commas. */
export function readPolicyServers(env: Readonly<Record<string, string | undefined>>): URL[] {
  const named = (env["VAULTDESK_POLICY_SERVERS"] ?? "").split(",").filter((one) => one !== "");
  return named.map((one) => {
    const server = URL.canParse(one) ? new URL(one) : undefined;
    if (server?.protocol === "https:" && server.pathname === "/") return server;
    throw new Error("VAULTDESK_POLICY_SERVERS must be https origins, separated by commas");
  });
}

/** Exactly the hosts that the configuration names. */
export function hostsOf(
  config: PackagedConfig | undefined,
  policyServers: readonly URL[] = [],
): Hosts {
  if (config === undefined) return LOOPBACK;
  const servers = [new URL(config.serverUrl), ...policyServers];
  const auth0 = `https://${config.auth0Domain}`;
  // A match pattern holds no port (developer.chrome.com/docs/extensions/develop/concepts/match-patterns).
  return {
    hostPermissions: [
      ...servers.map((server) => `${server.protocol}//${server.hostname}/*`),
      `https://${new URL(auth0).hostname}/*`,
    ],
    connect: [...servers.map(({ origin }) => origin), new URL(auth0).origin],
  };
}

export function contentSecurityPolicy(hosts: Hosts): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "object-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `connect-src 'self' ${hosts.connect.join(" ")}`,
    "frame-ancestors https://mail.google.com",
  ].join("; ");
}
