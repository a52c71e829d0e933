/** One request to another host, and in words why it could not be made. Never follows a redirect, never quotes a body. */

interface Answer {
  status: number;
  headers: Headers;
  /** As JSON; undefined where it is none. */
  body: unknown;
}

export type Reached = { ok: true; answer: Answer } | { ok: false; unreachable: Unreachable };

interface Unreachable {
  /** Goes on a sentence that begins with the host's name. */
  what: string;
  mend: string;
}

/** Codes of Node's DNS, TCP and TLS: nodejs.org/api/errors.html, nodejs.org/api/tls.html#x509-certificate-error-codes. */
function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    if (at.name === "TimeoutError") return "ETIMEDOUT";
    if (at instanceof AggregateError && at.errors[0] instanceof Error) return codeOf(at.errors[0]);
    if ("code" in at && typeof at.code === "string") return at.code;
  }
  return "";
}

function unreachable(error: unknown): Unreachable {
  const code = codeOf(error);
  if (/^(ENOTFOUND|EAI_)/.test(code)) {
    return {
      what: `has no address (${code})`,
      mend: "Check the name for a slip, and that this machine's DNS knows it.",
    };
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|^ERR_(TLS|SSL)/.test(code)) {
    return {
      what: `shows a certificate that this machine does not trust (${code})`,
      mend: "Behind a proxy that opens TLS, name its certificate in NODE_EXTRA_CA_CERTS; else check the name and this machine's clock.",
    };
  }
  if (/TIMEDOUT|TIMEOUT/.test(code)) {
    return {
      what: "does not answer in time",
      mend: "Let this machine out to it on port 443: a firewall that drops packets looks like this.",
    };
  }
  return {
    what: `can't be reached (${code || "no connection"})`,
    mend: "Let this machine out to it, and check that the address is right.",
  };
}

export async function reach(url: string | URL, init: RequestInit): Promise<Reached> {
  try {
    const response = await fetch(url, { redirect: "manual", ...init });
    const text = await response.text();
    return {
      ok: true,
      answer: { status: response.status, headers: response.headers, body: json(text) },
    };
  } catch (error) {
    return { ok: false, unreachable: unreachable(error) };
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
