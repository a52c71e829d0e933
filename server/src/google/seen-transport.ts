/** What carries the Google clients' requests, seen as method and template: an address holds ids, queries and people. */
import { gaxios, OAuth2Client } from "google-auth-library";

import { googleCall } from "../observe/templates.ts";
import { observed } from "../observe/work.ts";

function statusOf(error: unknown): number {
  return error instanceof gaxios.GaxiosError ? (error.response?.status ?? 0) : 0;
}

class SeenTransport extends gaxios.Gaxios {
  override request<T>(options: gaxios.GaxiosOptions = {}): gaxios.GaxiosPromise<T> {
    const { method = "GET", url = "" } = options;
    const call = googleCall(method, new URL(String(url)));
    return observed("google", { call, status: 0 }, async (learn) => {
      try {
        const response = await super.request<T>(options);
        learn({ status: response.status });
        return response;
      } catch (error) {
        learn({ status: statusOf(error) });
        throw error;
      }
    });
  }
}

export const transporter: gaxios.Gaxios = new SeenTransport();

/** What a client needs to call Google with a lent token. */
export function lentAuth(accessToken: string, through = transporter): OAuth2Client {
  const auth = new OAuth2Client({ transporter: through });
  auth.setCredentials({ access_token: accessToken });
  return auth;
}
