/** The panel page: proves where it stands, opens its line, then works. Uses no page storage: it is dead inside Gmail. */
import { type ReactElement, useEffect, useState } from "react";

import { GateCard } from "./session/gate.tsx";
import { useAdmission } from "./use-tab.ts";
import { type Line, openLine } from "./wire.ts";
import { Workspace } from "./workspace.tsx";

export function App(): ReactElement | undefined {
  const admission = useAdmission();
  const [line, setLine] = useState<Line>();
  const [broken, setBroken] = useState<string>();

  useEffect(() => {
    openLine().then(setLine, (error: unknown) => {
      setBroken(error instanceof Error ? error.message : "It can't be read.");
    });
  }, []);

  if (admission.state === "refused") {
    return (
      <GateCard
        state="refused"
        title="VaultDesk does not run here"
        words="This frame was not opened by VaultDesk. Open it from the toolbar icon, in Gmail."
        notice={undefined}
      />
    );
  }
  if (broken !== undefined) {
    return (
      <GateCard
        state="not-set-up"
        title="VaultDesk is not set up"
        words={`${broken} Ask whoever installed it.`}
        notice={undefined}
      />
    );
  }
  if (admission.state === "asking" || line === undefined) return undefined;
  return <Workspace line={line} tabId={admission.tabId} inGmail={admission.inGmail} />;
}
