/** What the page of permissions says. Pure. */
import type { GoogleConnection } from "@vaultdesk/shared/api.ts";
import { type ScopeFact, SCOPES, type ToolName } from "@vaultdesk/shared/scope.ts";
import { TOOL_WORDS } from "@vaultdesk/shared/tool-words.ts";

export const WORDS = {
  title: "Permissions",
  granted: "granted",
  notGranted: "not granted",
  grant: "Grant",
  connect: "Connect Google",
  reconnect: "Reconnect Google",
  grantRest: "Grant the rest",
  neverUsed: "Not used yet.",
  keys: "VaultDesk holds no Google password or key. For each step it borrows a short-lived one from Auth0 and drops it.",
  later:
    "What is not granted is asked for when you first want it, and each can be left out at Google's page.",
  disconnect: "Disconnect Google",
  sure: "Disconnect Google?",
  gone: "What you granted is taken back at Auth0 and at Google, and VaultDesk can read and write nothing until you connect again. Drafts, mail and events stay as they are.",
  keep: "Keep it connected",
  go: "Disconnect",
} as const;

export function aboutOf(google: GoogleConnection): string {
  return google.state === "connected"
    ? `What you granted at Google for ${google.email}.`
    : "Google is not connected, so VaultDesk can read and write nothing.";
}

/** `Used to search mail, read a thread, write a draft` */
export function usesOf(fact: ScopeFact): string {
  return `Used to ${fact.tools.map((tool) => TOOL_WORDS[tool].to).join(", ")}`;
}

export interface Use {
  tool: ToolName;
  at: string;
}

const WHEN = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** When one of the permission's tools used it last, and what for. */
export function lastUseOf(fact: ScopeFact, uses: readonly Use[]): string {
  const [last] = uses
    .filter(({ tool }) => fact.tools.includes(tool))
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
  if (last === undefined) return WORDS.neverUsed;
  return `Last used ${WHEN.format(new Date(last.at))} to ${TOOL_WORDS[last.tool].to}.`;
}

/** The scopes that are left to grant. */
export function restOf(google: GoogleConnection): string[] {
  const granted = google.state === "connected" ? google.granted : [];
  return SCOPES.map((fact) => fact.scope).filter((scope) => !granted.includes(scope));
}
