/** A run speaks to the panel in order: text in gulps of a few words, never after a step that it preceded. */
import type { EventBody } from "@vaultdesk/shared/event.ts";
import type { RunId } from "@vaultdesk/shared/id.ts";

export interface Voice {
  text(delta: string): void;
  tell(body: EventBody): void;
  /** True once text was shown in this model turn. */
  flush(): Promise<void>;
}

const GULP_MS = 60;

export function createVoice(runId: RunId, append: (bodies: EventBody[]) => Promise<void>): Voice {
  let queue: EventBody[] = [];
  let timer: NodeJS.Timeout | undefined;
  let chain: Promise<void> = Promise.resolve();

  function send(): void {
    clearTimeout(timer);
    timer = undefined;
    if (queue.length === 0) return;
    const bodies = queue;
    queue = [];
    chain = chain.then(() => append(bodies));
    // Whoever flushes is told; until then a store that is gone must not end the process.
    chain.catch(() => undefined);
  }

  return {
    text(delta) {
      if (delta === "") return;
      const last = queue.at(-1);
      if (last?.type === "text.delta") last.text += delta;
      else queue.push({ type: "text.delta", runId, text: delta });
      timer ??= setTimeout(send, GULP_MS);
    },
    tell(body) {
      queue.push(body);
      send();
    },
    async flush() {
      send();
      await chain;
    },
  };
}
