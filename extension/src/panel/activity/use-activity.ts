/** The person's own log, a page at a time. */
import type { ActivityRow } from "@vaultdesk/shared/activity.ts";
import { routes } from "@vaultdesk/shared/api.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { useCallback, useState } from "react";

import type { Call } from "../../api/call.ts";
import { problemOf } from "../chat/failure.ts";
import { useRead } from "../use-read.ts";

export interface ActivityControl {
  /** Absent while the first page is read. */
  rows: readonly ActivityRow[] | undefined;
  problem: Problem | undefined;
  again: () => Promise<void>;
  /** Absent at the end. */
  more: (() => Promise<void>) | undefined;
}

export function useActivity(call: Call): ActivityControl {
  const { value, problem, again, put } = useRead(useCallback(() => call(routes.activity), [call]));
  const [failed, setFailed] = useState<Problem>();
  return {
    rows: value?.rows,
    problem: failed ?? problem,
    again,
    more:
      value?.next === undefined
        ? undefined
        : async () => {
            const { rows, next = "" } = value;
            const reply = await call(routes.activity, { before: next });
            setFailed(reply.ok ? undefined : problemOf(reply.failure));
            if (reply.ok) put({ ...reply.value, rows: [...rows, ...reply.value.rows] });
          },
  };
}
