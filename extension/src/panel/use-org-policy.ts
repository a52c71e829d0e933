/** What the organisation set. Until it is read the built-in rules are shown: the server holds to its own in any case. */
import { routes } from "@vaultdesk/shared/api.ts";
import { BUILT_IN, type OrgPolicyView } from "@vaultdesk/shared/org-policy.ts";
import { useCallback } from "react";

import type { Call } from "../api/call.ts";
import { useRead } from "./use-read.ts";

const UNREAD: OrgPolicyView = {
  set: false,
  blocked: [],
  makesRooms: true,
  ceiling: BUILT_IN.ceiling,
  pinned: BUILT_IN.pinned,
};

export function useOrgPolicy(call: Call): OrgPolicyView {
  const { value } = useRead(useCallback(() => call(routes.orgPolicy), [call]));
  return value ?? UNREAD;
}
