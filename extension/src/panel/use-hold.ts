/** While something is held, an update of the extension waits for it: what was typed for as long as it is there, all else for some hours. */
import { useEffect } from "react";
import { z } from "zod";

import { listen, row } from "../messages/listen.ts";
import { messages } from "../messages/protocol.ts";
import { fromWorker } from "../messages/senders.ts";

const always = messages.updateWaits.request;
const inTime = always.extend({ late: z.literal(false) });

export function useHold(what: "typed" | "busy" | undefined): void {
  useEffect(() => {
    if (what === undefined) return undefined;
    const end = new AbortController();
    const schema = what === "typed" ? always : inTime;
    listen([row({ from: fromWorker, schema, handle: () => ({ held: true }) })], end.signal);
    return () => end.abort();
  }, [what]);
}
