/**
 * One table of rows per context: the browser's stamp proves the sender, then the schema, then the handler; anything else meets silence.
 * Free of zod, so that the content script stays small.
 */
import { browser } from "wxt/browser";

import { detach } from "../detach.ts";
import type { Claim, Sender } from "./senders.ts";

export interface Check<T> {
  safeParse(message: unknown): { success: true; data: T } | { success: false };
}

export interface Row<T> {
  from: Claim;
  schema: Check<T>;
  handle: (message: T, sender: Sender) => unknown;
}

export type BoundRow = (message: unknown, sender: Sender) => (() => unknown) | undefined;

type Envelope = { ok: true; value: unknown } | { ok: false; error: string };

/** Ties a row's schema to its handler. */
export function row<T>({ from, schema, handle }: Row<T>): BoundRow {
  return (message, sender) => {
    if (!from(sender)) return undefined;
    const parsed = schema.safeParse(message);
    return parsed.success ? () => handle(parsed.data, sender) : undefined;
  };
}

async function answer(run: () => unknown): Promise<Envelope> {
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : "failed" };
  }
}

export function listen(rows: readonly BoundRow[], signal?: AbortSignal): void {
  const onMessage = (
    message: unknown,
    sender: Sender,
    sendResponse: (reply: Envelope) => void,
  ): true | undefined => {
    for (const bound of rows) {
      const run = bound(message, sender);
      if (run === undefined) continue;
      detach(answer(run).then(sendResponse));
      return true;
    }
    return undefined;
  };
  // Kept: a content script whose extension is gone has no `runtime` to ask for it.
  const { onMessage: heard } = browser.runtime;
  heard.addListener(onMessage);
  signal?.addEventListener("abort", () => heard.removeListener(onMessage));
}
