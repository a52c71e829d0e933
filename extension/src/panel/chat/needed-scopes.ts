/** The permissions to ask for now: those that nothing works without, and those that the last question was refused for. Pure. */
import { FIRST_SCOPES } from "@vaultdesk/shared/scope.ts";

import type { Item } from "../item.ts";

export function neededScopes(missing: readonly string[], items: readonly Item[]): string[] {
  const last = items.findLast((item) => item.kind === "user");
  const refused = items.flatMap((item) =>
    item.kind === "step" && item.runId === last?.runId ? item.missing : [],
  );
  return missing.filter((scope) => FIRST_SCOPES.includes(scope) || refused.includes(scope));
}
