/** A panel without a browser: the routes and the event stream as the extension uses them, patient with a server that dies. */
import { setTimeout as sleep } from "node:timers/promises";

import { EVENTS_PATH, type Route, routes } from "@vaultdesk/shared/api.ts";
import type { ApprovalView } from "@vaultdesk/shared/approval.ts";
import { ConversationEvent } from "@vaultdesk/shared/event.ts";
import type { z } from "zod";

export interface Panel {
  /** `undefined` when the server could not be reached, or refused. */
  call<B extends z.ZodType, R extends z.ZodType>(
    route: Route<B, R>,
    body?: z.input<B>,
    params?: Readonly<Record<string, string>>,
  ): Promise<z.output<R> | undefined>;
  approvals(): Promise<ApprovalView[]>;
  /** Follows the conversation, over restarts, and keeps every event it was sent, as sent. */
  follow(conversationId: string): { events: readonly ConversationEvent[]; stop(): void };
}

export function createPanel(bearer: string, serverUrl: () => string): Panel {
  const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };

  const panel: Panel = {
    async call(route, body, params = {}) {
      const path = Object.entries(params).reduce(
        (text, [name, value]) => text.replace(`:${name}`, encodeURIComponent(value)),
        route.path,
      );
      try {
        const response = await fetch(new URL(path, serverUrl()), {
          method: route.method,
          headers,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(10_000),
        });
        return response.ok ? route.reply.parse(await response.json()) : undefined;
      } catch {
        return undefined;
      }
    },

    async approvals() {
      return (await panel.call(routes.approvals))?.approvals ?? [];
    },

    follow(conversationId) {
      const events: ConversationEvent[] = [];
      const stop = new AbortController();
      const forever = async () => {
        while (!stop.signal.aborted) {
          try {
            const response = await fetch(
              new URL(EVENTS_PATH.replace(":id", conversationId), serverUrl()),
              {
                headers: { ...headers, "last-event-id": String(events.at(-1)?.seq ?? 0) },
                signal: stop.signal,
              },
            );
            let rest = "";
            const decoder = new TextDecoder();
            for await (const chunk of response.body ?? []) {
              const blocks = (rest + decoder.decode(chunk, { stream: true })).split("\n\n");
              rest = blocks.pop() ?? "";
              for (const block of blocks) {
                const data = /^data: (.*)$/m.exec(block)?.[1];
                if (data !== undefined) events.push(ConversationEvent.parse(JSON.parse(data)));
              }
            }
          } catch {
            // The server died or is not back yet.
          }
          await sleep(50);
        }
      };
      forever().catch(() => undefined);
      return {
        events,
        stop: () => {
          stop.abort();
        },
      };
    },
  };
  return panel;
}
