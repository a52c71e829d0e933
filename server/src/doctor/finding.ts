/**
 * What a look at one thing of an installation came to. The texts are static words with ids, addresses of hosts, codes and numbers: never
 * a secret, never what another server's error said in free text.
 */
export type Finding = Sound | Trouble;

interface Sound {
  /** Lower case, from the general to the special: `auth0.discovery`, `tenant.mrrt`. Stays the same from version to version. */
  id: string;
  /** `skipped`: nobody looked; `what` says why not, and how to have it looked at. */
  severity: "ok" | "skipped";
  what: string;
}

interface Trouble {
  id: string;
  /** `fail`: something that the product promises does not work. `warn`: it works, and will not for long or not for all. */
  severity: "warn" | "fail";
  /** What was found, as a sentence. */
  what: string;
  /** What does not work because of it. */
  why: string;
  /** What to do, with the name of the setting. */
  mend: string;
  /** Where to do it: an address, or a file of this checkout. */
  page?: string;
}

/** One look. Its findings replace its name in the report; one that throws or takes too long is itself a finding. */
export interface Check {
  id: string;
  /** Milliseconds, where a person has to answer. */
  limitMs?: number;
  look(signal: AbortSignal): Promise<Finding[]>;
}

type Told = Pick<Trouble, "what" | "why" | "mend" | "page">;

export function ok(id: string, what: string): Finding {
  return { id, severity: "ok", what };
}

export function skipped(id: string, what: string): Finding {
  return { id, severity: "skipped", what };
}

export function warn(id: string, told: Told): Finding {
  return { id, severity: "warn", ...told };
}

export function fail(id: string, told: Told): Finding {
  return { id, severity: "fail", ...told };
}
