/** One person who chats, with the conversation open in several panels: asks, waits for the end, and keeps the number of every event of every stream. */
import { setTimeout as sleep } from "node:timers/promises";

import { EVENTS_PATH, routes } from "@vaultdesk/shared/api.ts";

export interface Chatter {
  /** One question in the conversation; milliseconds until it was taken, a list was read, and the answer had ended. */
  ask(): Promise<{ taken: number; listed: number; answered: number }>;
  /** Opens the streams, each from the beginning. */
  open(streams: number): void;
  /** What is wrong with what the streams brought: they have every event, each once, in order. */
  faults(): string[];
  stop(): void;
}

export function createChatter(bearer: string, serverUrl: string): Chatter {
  const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };
  const end = new AbortController();
  const seen: number[][] = [];
  let conversationId: string | undefined;
  let ended = 0;
  let waiting: (() => void) | undefined;

  async function call(path: string, body?: object): Promise<unknown> {
    const response = await fetch(new URL(path, serverUrl), {
      method: body === undefined ? "GET" : "POST",
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const json: unknown = await response.json();
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return json;
  }

  async function follow(id: string, own: number[]): Promise<void> {
    while (!end.signal.aborted) {
      try {
        const response = await fetch(new URL(EVENTS_PATH.replace(":id", id), serverUrl), {
          headers: { ...headers, "last-event-id": String(own.at(-1) ?? 0) },
          signal: end.signal,
        });
        let rest = "";
        for await (const chunk of response.body ?? []) {
          const blocks = (rest + Buffer.from(chunk).toString()).split("\n\n");
          rest = blocks.pop() ?? "";
          for (const block of blocks) {
            const seq = /^id: (\d+)$/m.exec(block)?.[1];
            if (seq !== undefined) own.push(Number(seq));
            if (own === seen[0] && block.includes('"type":"run.ended"')) {
              ended += 1;
              waiting?.();
            }
          }
        }
      } catch {
        // Cut off: goes on below after the last number.
      }
      await sleep(200);
    }
  }

  return {
    open(streams) {
      const id = conversationId;
      if (id === undefined) throw new Error("nothing was asked yet");
      for (let count = 0; count < streams; count += 1) {
        const own: number[] = [];
        seen.push(own);
        follow(id, own).catch(() => undefined);
      }
    },

    async ask() {
      const before = ended;
      const answer = Promise.withResolvers<undefined>();
      waiting = () => {
        if (ended > before) answer.resolve(undefined);
      };
      const from = performance.now();
      const body = {
        text: "What is open?",
        timeZone: "UTC",
        ...(conversationId === undefined ? {} : { conversationId }),
      };
      const started = routes.startRun.reply.parse(await call(routes.startRun.path, body));
      const taken = performance.now() - from;
      const first = conversationId === undefined;
      ({ conversationId } = started);
      const list = performance.now();
      await call(routes.approvals.path);
      const listed = performance.now() - list;
      if (!first) await Promise.race([answer.promise, sleep(60_000)]);
      return { taken, listed, answered: performance.now() - from };
    },

    faults() {
      const longest = Math.max(...seen.map((own) => own.length));
      return seen.flatMap((own, at) => {
        const hole = own.findIndex((seq, index) => seq !== index + 1);
        if (hole !== -1) return [`stream ${at}: event ${own[hole]} in place ${hole + 1}`];
        return own.length === longest ? [] : [`stream ${at}: ${own.length} of ${longest} events`];
      });
    },

    stop() {
      end.abort();
    },
  };
}
