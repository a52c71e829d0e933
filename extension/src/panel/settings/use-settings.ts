/** The person's settings: the server's word, and a change that shows once the server has it. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import type { Settings, SettingsChange } from "@vaultdesk/shared/settings.ts";
import { useCallback, useState } from "react";

import type { Call } from "../../api/call.ts";
import { problemOf } from "../chat/failure.ts";
import { useRead } from "../use-read.ts";

export interface SettingsControl {
  /** Absent until the server said it. */
  settings: Settings | undefined;
  problem: Problem | undefined;
  again: () => Promise<void>;
  change: (change: SettingsChange) => Promise<void>;
}

export function useSettings(call: Call, sub: string | undefined): SettingsControl {
  const [failed, setFailed] = useState<Problem>();
  // Another person's settings are another thing to read.
  const read = useCallback(
    () =>
      sub === undefined ? Promise.reject(new Error("nobody is signed in")) : call(routes.settings),
    [call, sub],
  );
  const { value, problem, again, put } = useRead(sub === undefined ? undefined : read);
  return {
    settings: value,
    problem: failed ?? problem,
    again: async () => {
      setFailed(undefined);
      await again();
    },
    change: async (change) => {
      const reply = await call(routes.changeSettings, {}, change);
      setFailed(reply.ok ? undefined : problemOf(reply.failure));
      if (reply.ok) put(reply.value);
    },
  };
}
