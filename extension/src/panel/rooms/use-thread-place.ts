/** In which deal rooms the open thread is; read when it is opened. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { ThreadId } from "@vaultdesk/shared/id.ts";
import type { ThreadPlace } from "@vaultdesk/shared/room.ts";
import type { ToolName } from "@vaultdesk/shared/scope.ts";
import { useCallback } from "react";

import type { Call } from "../../api/call.ts";
import { type Reading, useRead } from "../use-read.ts";

export function useThreadPlace(call: Call, threadId: ThreadId | undefined): Reading<ThreadPlace> {
  const read = useCallback(
    () => call(routes.threadPlace, threadId === undefined ? {} : { threadId }),
    [call, threadId],
  );
  return useRead(threadId === undefined ? undefined : read);
}

/** Whether one's role leaves this on the thread. The server refuses what it does not, whatever is shown. */
export function roleLeaves(place: ThreadPlace | undefined, tool: ToolName): boolean {
  return place?.rooms.every(({ tools }) => tools.includes(tool)) !== false;
}
