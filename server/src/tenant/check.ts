/** How a check of a tenant is written down: a row that says when something is wrong, what follows from it and how it is mended. */
import type { Found, FoundApi, FoundClient, FoundConnection } from "./found.ts";
import type { Installation } from "./installation.ts";

export interface Look {
  found: Found;
  installation: Installation;
}

export interface Check<T> {
  /** Behind "tenant." */
  id: string;
  /** Something works all the same. */
  warns?: true;
  wrong: (subject: T, look: Look) => boolean;
  what: string;
  why: string;
  mend: string;
}

export type ApiCheck = Check<FoundApi>;
export type ClientCheck = Check<FoundClient>;
export type ConnectionCheck = Check<FoundConnection>;

const SETUP = "Run `pnpm vaultdesk setup auth0`";

/** Mended by set-up, or by hand under this name of the dashboard. */
export const setting = (name: string): string => `${SETUP}, or by hand: ${name}.`;
