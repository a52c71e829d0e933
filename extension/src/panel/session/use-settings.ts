/** The person's settings: the server's word, and a change that shows once the server has it. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { Settings, SettingsChange } from "@vaultdesk/shared/settings.ts";
import { useEffect, useState } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";

export interface SettingsControl {
  /** Absent until the server said it. */
  settings: Settings | undefined;
  change: (change: SettingsChange) => Promise<void>;
}

export function useSettings(call: Call, sub: string | undefined): SettingsControl {
  const [settings, setSettings] = useState<Settings>();

  useEffect(() => {
    let here = true;
    const load = async () => {
      const reply = sub === undefined ? undefined : await call(routes.settings);
      if (here) setSettings(reply?.ok === true ? reply.value : undefined);
    };
    detach(load());
    return () => {
      here = false;
    };
  }, [call, sub]);

  return {
    settings,
    change: async (change) => {
      const reply = await call(routes.changeSettings, {}, change);
      if (reply.ok) setSettings(reply.value);
    },
  };
}
