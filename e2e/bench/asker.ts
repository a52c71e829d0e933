/** A panel that asks: one conversation, its stream open, and when the first and the last event of each question came. */
import { EVENTS_PATH, routes } from "@vaultdesk/shared/api.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import { Agent, request } from "undici";

/** Milliseconds from the request. */
export interface Asked {
  first: number;
  last: number;
}

export interface Asker {
  ask(): Promise<Asked>;
  close(): void;
}

const LAST = '"type":"run.ended"';
const WELL = '"outcome":"answered"';

/** Shared by all: a stream keeps its connection. */
const dispatcher = new Agent({ headersTimeout: 60_000, bodyTimeout: 60_000 });

/** Tells each event, as it came. Resolves when the stream is open; `ended` ends with the signal, and fails with anything else. */
export async function openStream(
  url: URL,
  bearer: string,
  heard: (event: string) => void,
  signal: AbortSignal,
): Promise<{ ended: Promise<void> }> {
  const headers = { authorization: `Bearer ${bearer}` };
  const { statusCode, body } = await request(url, { headers, dispatcher, signal });
  if (statusCode !== 200) throw new Error(`a stream was answered ${statusCode}`);

  async function follow(): Promise<void> {
    const decoder = new TextDecoder();
    let rest = "";
    try {
      for await (const chunk of body) {
        const blocks = (rest + decoder.decode(Buffer.from(chunk), { stream: true })).split("\n\n");
        rest = blocks.pop() ?? "";
        for (const block of blocks) if (block.startsWith("id: ")) heard(block);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    if (!signal.aborted) throw new Error("a stream ended");
  }

  return { ended: follow() };
}

/** The question is taken; what comes of it is told by the stream. */
export async function startRun(
  url: string,
  bearer: string,
  question: { text: string; timeZone: string; conversationId?: string },
): Promise<string> {
  const { statusCode, body } = await request(new URL(routes.startRun.path, url), {
    method: "POST",
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    body: JSON.stringify(question),
    dispatcher,
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`a question was answered ${statusCode}`);
  return routes.startRun.reply.parse(parseJson(text)).conversationId;
}

export function streamOf(url: string, conversationId: string): URL {
  return new URL(EVENTS_PATH.replace(":id", conversationId), url);
}

/** Asks once before it answers: the conversation is there, and its stream open. */
export async function createAsker(
  url: string,
  bearer: string,
  question: { text: string; timeZone: string },
): Promise<Asker> {
  const end = new AbortController();
  const ears: { hear?: (event: string) => void; fail?: (error: unknown) => void } = {};

  function hearing(from: number): Promise<Asked> {
    return new Promise((done, failed) => {
      let first: number | undefined;
      ears.fail = failed;
      ears.hear = (event) => {
        first ??= performance.now() - from;
        if (!event.includes(LAST)) return;
        if (event.includes(WELL)) done({ first, last: performance.now() - from });
        else failed(new Error(event));
      };
    });
  }

  const opening = hearing(performance.now());
  const conversationId = await startRun(url, bearer, question);
  const heard = (event: string) => ears.hear?.(event);
  const { ended } = await openStream(streamOf(url, conversationId), bearer, heard, end.signal);
  ended.catch((error: unknown) => ears.fail?.(error));
  await opening;

  return {
    async ask() {
      const both = hearing(performance.now());
      await startRun(url, bearer, { ...question, conversationId });
      return both;
    },
    close() {
      end.abort();
    },
  };
}
