/** Shows a message in Gmail: where it stands in the open thread, else in a tab of its own. */
import { useCallback } from "react";

import { detach } from "../detach.ts";
import { Reveal } from "../messages/protocol.ts";
import { askGmail } from "../messages/send.ts";

/** `base`: of the mailbox on Gmail's page. The same function while both stay. */
export function useOpenMessage(
  tabId: number | undefined,
  base: string,
): (messageId: string) => void {
  return useCallback(
    (messageId) => {
      const go = async () => {
        if (tabId !== undefined) {
          const reply = await askGmail(tabId, { type: "gmail.reveal", messageId }, Reveal);
          if (reply?.found === true) return;
        }
        window.open(`${base}#all/${messageId}`, "_blank", "noopener");
      };
      detach(go());
    },
    [tabId, base],
  );
}
