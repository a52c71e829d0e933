/**
 * The Auth0 session: sign-in, Connect Google, access tokens. Lives in the offscreen page, where storage and WebCrypto work.
 */
import { Auth0Client } from "@auth0/auth0-spa-js";
import { API_SCOPE } from "@vaultdesk/shared/api.ts";
import { z } from "zod";

import type { PackagedConfig } from "../config-schema.ts";
import type { Enrolment, FlowEnd, Phone, Token } from "../messages/protocol.ts";
import { readFlowFailure, readTokenFailure } from "./failure.ts";
import { spending } from "./spending.ts";

const BASE = "openid profile email offline_access";
const CONNECTION = "google-oauth2";
const SINCE = "vaultdesk.signed-in";

export type Launch = (url: string, interactive: boolean) => Promise<string | undefined>;
type Opener = (options: { openUrl: (url: string) => Promise<void> }) => Promise<void>;

export interface Session {
  token(fresh: boolean): Promise<Token>;
  login(): Promise<FlowEnd>;
  connect(scopes: string[]): Promise<FlowEnd>;
  phone(): Promise<Phone>;
  enrol(): Promise<Enrolment | undefined>;
  enrolled(id: string, authSession: string): Promise<{ confirmed: boolean }>;
  disconnect(): Promise<FlowEnd>;
  logout(): Promise<FlowEnd>;
}

const PUSH = "push-notification";
const METHODS = "create:me:authentication_methods read:me:authentication_methods";
const Methods = z.object({
  authentication_methods: z.array(
    z.object({ type: z.string(), confirmed: z.boolean().optional() }),
  ),
});
const Begun = z.object({
  id: z.string(),
  auth_session: z.string(),
  barcode_uri: z.string(),
  manual_input_code: z.string().optional(),
});
const Accounts = z.object({
  accounts: z.array(z.object({ id: z.string(), connection: z.string() })),
});

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

  async function round(start: Opener, after?: () => Promise<void>): Promise<FlowEnd> {
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
    await spending(async () => {
      await auth0.handleRedirectCallback(back);
      await after?.();
    });
    return { outcome: "done" };
  }

  /** The person's own account at Auth0. `scope` only where the default ones do not do: a tenant that lacks it then refuses this call alone. */
  async function callMe(
    path: string,
    method: "GET" | "POST" | "DELETE",
    { body, scope }: { body?: object; scope?: string } = {},
  ): Promise<Response> {
    const token = await spending(() =>
      auth0.getTokenSilently({
        authorizationParams: { audience: me, ...(scope === undefined ? {} : { scope }) },
      }),
    );
    const response = await fetch(`${me}v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    });
    if (!response.ok) throw new Error(`Auth0 answered ${response.status}.`);
    return response;
  }

  return {
    async token(fresh) {
      try {
        return await spending(async () => {
          const token = await auth0.getTokenSilently({ cacheMode: fresh ? "off" : "on" });
          const since = Number(localStorage.getItem(SINCE));
          return token === undefined
            ? { state: "signed_out" }
            : { state: "signed_in", token, since };
        });
      } catch (error) {
        return readTokenFailure(error);
      }
    },

    login: () =>
      alone(() =>
        round(
          (opener) =>
            auth0.loginWithRedirect({
              // Without it spa-js asks for no API scope when `scope` is an object.
              authorizationParams: { audience: config.auth0Audience },
              ...opener,
            }),
          async () => {
            const claims = await auth0.getIdTokenClaims();
            localStorage.setItem(SINCE, String(claims?.iat ?? 0));
          },
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
        const listed = await callMe(`connected-accounts/accounts?connection=${CONNECTION}`, "GET");
        const { accounts } = Accounts.parse(await listed.json());
        for (const account of accounts) {
          if (account.connection !== CONNECTION) continue;
          const path = `connected-accounts/accounts/${encodeURIComponent(account.id)}`;
          await callMe(path, "DELETE");
        }
        return { outcome: "done" };
      }),

    async phone() {
      try {
        const listed = await callMe("authentication-methods", "GET", { scope: METHODS });
        const { authentication_methods: methods } = Methods.parse(await listed.json());
        const has = methods.some(({ type, confirmed }) => type === PUSH && confirmed === true);
        return { state: has ? "enrolled" : "none" };
      } catch {
        // Whoever can't be told whether a phone is there is not asked to enrol one.
        return { state: "unknown" };
      }
    },

    async enrol() {
      try {
        const begun = await callMe("authentication-methods", "POST", {
          body: { type: PUSH },
          scope: METHODS,
        });
        const { id, auth_session, barcode_uri, manual_input_code } = Begun.parse(
          await begun.json(),
        );
        return {
          id,
          authSession: auth_session,
          uri: barcode_uri,
          ...(manual_input_code === undefined ? {} : { code: manual_input_code }),
        };
      } catch {
        return undefined;
      }
    },

    async enrolled(id, authSession) {
      try {
        const path = `authentication-methods/${encodeURIComponent(id)}/verify`;
        await callMe(path, "POST", { body: { auth_session: authSession }, scope: METHODS });
        return { confirmed: true };
      } catch {
        return { confirmed: false };
      }
    },

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
