/** Sends a message and parses its reply. A reply that does not fit is an error, as is silence. */
import { browser } from "wxt/browser";
import { z } from "zod";

import type { ToGmail } from "./gmail-protocol.ts";
import type { Message } from "./protocol.ts";

const Answer = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), value: z.unknown().optional() }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);

function open<R extends z.ZodType>(raw: unknown, reply: R): z.output<R> {
  const answer = Answer.safeParse(raw);
  if (!answer.success) throw new Error("VaultDesk's own parts did not answer each other.");
  if (!answer.data.ok) throw new Error(answer.data.error);
  const value = reply.safeParse(answer.data.value);
  if (!value.success) throw new Error("VaultDesk's own parts did not understand each other.");
  return value.data;
}

export async function send<Q extends z.ZodType, R extends z.ZodType>(
  message: Message<Q, R>,
  request: z.input<Q>,
): Promise<z.output<R>> {
  return open(await browser.runtime.sendMessage(request), message.reply);
}

/** Tells whoever listens; nobody listening is fine. */
export async function tell<Q extends z.ZodType, R extends z.ZodType>(
  _message: Message<Q, R>,
  request: z.input<Q>,
): Promise<void> {
  try {
    await browser.runtime.sendMessage(request);
  } catch {
    // No panel is open.
  }
}

/** To the content script in the top frame of a tab; undefined where no Gmail page is. */
export async function askGmail<R extends z.ZodType>(
  tabId: number,
  request: ToGmail,
  reply: R,
): Promise<z.output<R> | undefined> {
  let raw: unknown;
  try {
    raw = await browser.tabs.sendMessage(tabId, request, { frameId: 0 });
  } catch {
    return undefined;
  }
  return raw === undefined ? undefined : open(raw, reply);
}
