/** One thing to be done to a tenant, as a request and in words. Pure. */
import { type Change, changesOf } from "./difference.ts";
import type { Role } from "./installation.ts";
import type { Method } from "./management.ts";
import type { Fields } from "./wanted.ts";

export interface Step {
  verb: "create" | "change" | "delete";
  /** "application VaultDesk Vault" */
  what: string;
  changes: readonly Change[];
  request: { method: Method; path: string; body?: unknown };
  /** Whose client id the answer brings. */
  makes?: Role;
}

/** Stands in a request for the client id of an application that an earlier step makes. */
export const idOf = (role: Role): string => `{client id of ${role}}`;

export const created = (fields: Fields): Change[] => changesOf({}, fields);

export function changed(what: string, path: string, found: Fields, wanted: Fields): Step[] {
  const changes = changesOf(found, wanted);
  if (changes.length === 0) return [];
  const body = Object.fromEntries(changes.map(({ field, to }) => [field, to]));
  return [{ verb: "change", what, changes, request: { method: "PATCH", path, body } }];
}

export const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null ? { ...value } : {};
