/**
 * The Auth0 session: sign-in, Connect Google, access tokens. Lives in the offscreen page, where storage and WebCrypto work.
 * One lock goes round whatever may spend the refresh token: spa-js locks per audience only, and two audiences that refresh
 * at once spend the same rotating token, which Auth0 answers by ending the session.
 */
import { Auth0Client } from "@auth0/auth0-spa-js";
import { API_SCOPE } from "@vaultdesk/shared/api.ts";
import { z } from "zod";

import type { PackagedConfig } from "../config-schema.ts";
import type { FlowEnd, Token } from "../messages/protocol.ts";
import { readFlowFailure, readTokenFailure } from "./failure.ts";

const BASE = "openid profile email offline_access";
const CONNECTION = "google-oauth2";

export type Launch = (url: string, interactive: boolean) => Promise<string | undefined>;
type Opener = (options: { openUrl: (url: string) => Promise<void> }) => Promise<void>;

export interface Session {
  token(fresh: boolean): Promise<Token>;
  login(): Promise<FlowEnd>;
  connect(scopes: string[]): Promise<FlowEnd>;
  disconnect(): Promise<FlowEnd>;
  logout(): Promise<FlowEnd>;
}

const Accounts = z.object({
  accounts: z.array(z.object({ id: z.string(), connection: z.string() })),
});

const spending = <T>(use: () => Promise<T>): Promise<T> =>
  navigator.locks.request("auth0-refresh-token", use);

/** spa-js keeps one transaction per client, so one window at a time. */
async function alone(use: () => Promise<FlowEnd>): Promise<FlowEnd> {
  return navigator.locks.request("auth0-window", { ifAvailable: true }, async (lock) => {
    if (lock === null) return { outcome: "busy" };
    try {
      return await use();
    } catch (error) {
      return readFlowFailure(error);
    }
  });
}

export function createSession(
  config: PackagedConfig,
  redirectUri: string,
  launch: Launch,
): Session {
  const me = `https://${config.auth0Domain}/me/`;
  const auth0 = new Auth0Client({
    domain: config.auth0Domain,
    clientId: config.auth0ClientId,
    useRefreshTokens: true,
    useMrrt: true,
    cacheLocation: "localstorage",
    authorizationParams: {
      audience: config.auth0Audience,
      redirect_uri: redirectUri,
      scope: {
        [config.auth0Audience]: `${BASE} ${API_SCOPE}`,
        [me]: `${BASE} create:me:connected_accounts read:me:connected_accounts delete:me:connected_accounts`,
      },
    },
  });

  async function round(start: Opener): Promise<FlowEnd> {
    let address: string | undefined;
    await spending(() =>
      start({
        openUrl: async (url) => {
          address = url;
        },
      }),
    );
    // No lock while the person reads Google's page: the panel goes on working.
    const back = address === undefined ? undefined : await launch(address, true);
    if (back === undefined) return { outcome: "cancelled" };
    await spending(() => auth0.handleRedirectCallback(back));
    return { outcome: "done" };
  }

  async function callAccounts(path: string, method: "GET" | "DELETE"): Promise<Response> {
    const token = await spending(() =>
      auth0.getTokenSilently({ authorizationParams: { audience: me } }),
    );
    const response = await fetch(`${me}v1/connected-accounts/accounts${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(15_000),
    });
    if (!response.ok) throw new Error(`Auth0 answered ${response.status}.`);
    return response;
  }

  return {
    async token(fresh) {
      try {
        const token = await spending(() =>
          auth0.getTokenSilently({ cacheMode: fresh ? "off" : "on" }),
        );
        return token === undefined ? { state: "signed_out" } : { state: "signed_in", token };
      } catch (error) {
        return readTokenFailure(error);
      }
    },

    login: () =>
      alone(() =>
        round((opener) =>
          auth0.loginWithRedirect({
            // Without it spa-js asks for no API scope when `scope` is an object.
            authorizationParams: { audience: config.auth0Audience },
            ...opener,
          }),
        ),
      ),

    connect: (scopes) =>
      alone(() =>
        round((opener) =>
          auth0.connectAccountWithRedirect({
            connection: CONNECTION,
            scopes,
            redirectUri,
            ...opener,
          }),
        ),
      ),

    disconnect: () =>
      alone(async () => {
        const listed = await callAccounts(`?connection=${CONNECTION}`, "GET");
        const { accounts } = Accounts.parse(await listed.json());
        for (const account of accounts) {
          if (account.connection !== CONNECTION) continue;
          await callAccounts(`/${encodeURIComponent(account.id)}`, "DELETE");
        }
        return { outcome: "done" };
      }),

    logout: () =>
      alone(async () => {
        await spending(async () => {
          try {
            await auth0.revokeRefreshToken();
          } catch {
            // Signing out here goes on without Auth0.
          }
        });
        let address: string | undefined;
        await auth0.logout({
          logoutParams: { returnTo: redirectUri },
          openUrl: (url) => {
            address = url;
          },
        });
        if (address === undefined) return { outcome: "done" };
        // Without a window first; Auth0 answers with a redirect at once unless something stands in its way.
        if ((await launch(address, false)) === undefined) await launch(address, true);
        return { outcome: "done" };
      }),
  };
}
