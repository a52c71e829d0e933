/** The tenant as anybody sees it: its name, certificate, discovery document, keys, and its clock. */
import { z } from "zod";

import type { Config } from "../config.ts";
import { type Check, fail, type Finding, ok, warn } from "./finding.ts";
import { reach } from "./reach.ts";

const Discovery = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  backchannel_authentication_endpoint: z.url().optional(),
});
const Keys = z.object({ keys: z.array(z.object({ kty: z.string(), alg: z.string().optional() })) });

/** `auth0/principal.ts` takes bearers that are this much ahead. */
const TOLERATED_MS = 5000;
const WATCH_MS = 2000;
/** A Date header is whole seconds. */
const GRAIN_MS = 1000;

const NOTHING_WORKS = "Nobody can sign in, no bearer can be checked, and no phone can be asked.";

export function auth0Reach({ auth0 }: Config, now: () => number): Check {
  return {
    id: "auth0.discovery",
    async look(signal) {
      const asked = now();
      const found = await reach(new URL(".well-known/openid-configuration", auth0.issuer), {
        signal,
      });
      if (!found.ok) {
        const { what, mend } = found.unreachable;
        return [
          fail("auth0.discovery", { what: `${auth0.domain} ${what}.`, why: NOTHING_WORKS, mend }),
        ];
      }
      const { status, headers, body } = found.answer;
      const clock = clockOf(headers.get("date"), asked, now());
      const document = Discovery.safeParse(body);
      if (status !== 200 || !document.success) {
        return [
          fail("auth0.discovery", {
            what: `${auth0.domain} answers ${status} where a tenant has its OpenID configuration.`,
            why: NOTHING_WORKS,
            mend: "Set AUTH0_DOMAIN to the tenant's domain: Auth0's dashboard shows it in the settings of each application.",
            page: "https://manage.auth0.com/#/applications",
          }),
          ...clock,
        ];
      }
      const named = document.data;
      return [
        ok("auth0.discovery", `${auth0.domain} answers.`),
        issuerOf(named.issuer, auth0.issuer),
        await keysOf(named.jwks_uri, signal),
        cibaOf(named.backchannel_authentication_endpoint),
        ...clock,
      ];
    },
  };
}

function issuerOf(named: string, expected: string): Finding {
  if (named === expected) return ok("auth0.issuer", `Tokens are issued by ${expected}`);
  return fail("auth0.issuer", {
    what: `The tenant calls itself ${named} and not ${expected}`,
    why: "Its tokens name that issuer, so this server refuses every one of them: all panels are signed out.",
    mend: "Set AUTH0_DOMAIN to the host of that address, and build the extension with the same one: custom domain or tenant domain, in both places.",
    page: "https://manage.auth0.com/#/tenant/custom_domains",
  });
}

async function keysOf(uri: string, signal: AbortSignal): Promise<Finding> {
  const found = await reach(uri, { signal });
  const keys = Keys.safeParse(found.ok ? found.answer.body : undefined);
  if (keys.success && keys.data.keys.some(({ kty }) => kty === "RSA")) {
    return ok("auth0.keys", "The keys that sign its tokens can be read.");
  }
  return fail("auth0.keys", {
    what: "The tenant's signing keys (JWKS) can't be read, or none of them is an RSA key.",
    why: "No bearer can be checked, so no panel is let in.",
    mend: "Set the API's signing algorithm to RS256, and let this machine out to the tenant's jwks_uri.",
    page: "https://manage.auth0.com/#/apis",
  });
}

function cibaOf(endpoint: string | undefined): Finding {
  if (endpoint !== undefined) return ok("auth0.ciba", "It names an endpoint to ask phones (CIBA).");
  return fail("auth0.ciba", {
    what: "The tenant names no endpoint for client-initiated back-channel authentication (CIBA).",
    why: "No phone can be asked, so nothing can ever be sent, scheduled or moved.",
    mend: "Use a plan with CIBA, and turn the grant on for the approvals client.",
    page: "https://auth0.com/docs/get-started/authentication-and-authorization-flow/client-initiated-backchannel-authentication-flow",
  });
}

/** The tenant's clock lies between `asked` and `answered` of ours, or one of the two is wrong. */
function clockOf(date: string | null, asked: number, answered: number): Finding[] {
  const theirs = Date.parse(date ?? "");
  if (Number.isNaN(theirs)) return [];
  const behind = theirs - answered;
  const ahead = asked - (theirs + GRAIN_MS);
  const off = Math.max(behind, ahead, 0);
  const seconds = (off / 1000).toFixed(0);
  const side = behind > 0 ? "behind" : "ahead of";
  if (off <= WATCH_MS) return [ok("clock", "This machine's clock agrees with the tenant's.")];
  const told = {
    what: `This machine's clock is ${seconds} s ${side} the tenant's.`,
    mend: "Keep the clock by NTP (chrony, systemd-timesyncd, or the host's own).",
  };
  if (off <= TOLERATED_MS) {
    return [
      warn("clock", {
        ...told,
        why: `From ${TOLERATED_MS / 1000} s on, fresh bearers are refused.`,
      }),
    ];
  }
  return [
    fail("clock", {
      ...told,
      why: "Bearers are refused as not yet valid or as expired, and a denial can't be told from silence.",
    }),
  ];
}
