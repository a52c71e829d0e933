/** For tests: a tenant with an injected clock, and a browser of a few lines that keeps cookies and presses buttons. */
import tls from "node:tls";

import { createCertificate } from "../tls.ts";
import { type Auth0, type Auth0Options, makeKey, startAuth0 } from "./start.ts";

export const EXTENSION_ID = "abcdefghijklmnopabcdefghijklmnop";
export const CALLBACK = `https://${EXTENSION_ID}.chromiumapp.org/`;
export const MAYA = "google-oauth2|1001";
export const ANA = "google-oauth2|1002";
export const MAYA_MAIL = "maya@northgate.example";

const certificate = await createCertificate();
// Making one takes longer than a test.
const signingKey = await makeKey();
tls.setDefaultCACertificates([...tls.getCACertificates("default"), certificate.cert]);

/** Google as far as the tenant sees it; `now` is the tenant's clock too. */
export function fakeGoogle(now: () => number = Date.now) {
  const issued: { email: string; scopes: readonly string[]; accessToken: string }[] = [];
  const revoked: string[] = [];
  return {
    issued,
    revoked,
    accounts: () => [
      { email: MAYA_MAIL, name: "Maya Field" },
      { email: "other@northgate.example", name: "Maya Other" },
    ],
    issue(email: string, scopes: readonly string[]) {
      const accessToken = `ya29.${email}.${issued.length}`;
      issued.push({ email, scopes, accessToken });
      return { accessToken, scopes: [...scopes], expiresAt: now() + 3_599_000 };
    },
    revoke: (email: string) => void revoked.push(email),
  };
}

export async function startTenant(
  change: Partial<Auth0Options> = {},
): Promise<{ auth0: Auth0; google: ReturnType<typeof fakeGoogle>; pass: (ms: number) => void }> {
  let skew = 0;
  const now = () => Date.now() + skew;
  const google = fakeGoogle(now);
  const auth0 = await startAuth0({
    google,
    users: [
      { sub: MAYA, email: MAYA_MAIL, name: "Maya Field", phone: "confirmed" },
      { sub: ANA, email: "ana@helio.example", name: "Ana Ruiz", phone: "pending" },
    ],
    tls: certificate,
    signingKey,
    extensionId: EXTENSION_ID,
    intervalSeconds: 1,
    now,
    ...change,
  });
  return { auth0, google, pass: (ms) => void (skew += ms) };
}

export interface Browser {
  /** Follows redirects on this origin; ends at a page, or at the first address elsewhere. */
  open(url: string, form?: URLSearchParams): Promise<{ url: string; status: number; text: string }>;
}

export function createBrowser(origin: string): Browser {
  const jar = new Map<string, { value: string; path: string }>();

  function keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
      const at = pair.indexOf("=");
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? "/";
      if (value === "" || attributes.some((one) => /^max-age=0$/i.test(one))) jar.delete(name);
      else jar.set(name, { value, path });
    }
  }

  return {
    async open(url, form) {
      let next = new URL(url, origin);
      let body: URLSearchParams | undefined = form;
      for (let hop = 0; hop < 10; hop += 1) {
        const cookie = [...jar]
          .filter(([, one]) => next.pathname.startsWith(one.path))
          .map(([name, one]) => `${name}=${one.value}`)
          .join("; ");
        const response = await fetch(next, {
          method: body === undefined ? "GET" : "POST",
          redirect: "manual",
          headers: { cookie, accept: "text/html" },
          ...(body === undefined ? {} : { body }),
        });
        keep(response);
        const location = response.headers.get("location");
        if (location === null) {
          return { url: next.href, status: response.status, text: await response.text() };
        }
        body = undefined;
        next = new URL(location, next);
        if (next.origin !== origin) return { url: next.href, status: response.status, text: "" };
      }
      throw new Error("too many redirects");
    },
  };
}

/** Opens an authorization address and clicks on the user, where the page asks. Returns the callback address. */
export async function signIn(browser: Browser, url: string, sub: string): Promise<string> {
  const page = await browser.open(url);
  if (!page.url.includes("/u/login")) return page.url;
  if (!page.text.includes(`data-user="${sub}"`)) throw new Error(`no button for ${sub}`);
  return (await browser.open(page.url, new URLSearchParams({ user: sub }))).url;
}
