/** What people do who are up to no good: ask without end, and open streams that they do not read. */
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { EVENTS_PATH, routes } from "@vaultdesk/shared/api.ts";

interface Who {
  url: string;
  token: string;
}

export interface Aimed {
  method: string;
  path: string;
  perSecond: number;
  body: object | undefined;
}

/** Events of a conversation of 23 MB: the buffers of a loopback connection hold some ten. */
export const BIG_EVENTS = 120;
/** The last event that a reader who was cut off says it has. */
const HELD = 110;

/** As a browser or a proxy would: a few dozen connections that are kept, whatever is asked over them. */
const agent = new Agent({ keepAlive: true, maxSockets: 50 });

/** One request of the flood; its status, 0 when there was no answer. */
function floodOnce(who: Who, { method, path, body }: Aimed): Promise<number> {
  return new Promise((answered) => {
    const headers = {
      authorization: `Bearer ${who.token}`,
      "content-type": "application/json",
    };
    const asked = request(new URL(path, who.url), { method, headers, agent }, (response) => {
      response.resume();
      response.once("close", () => {
        answered(response.statusCode ?? 0);
      });
    });
    asked.once("error", () => {
      answered(0);
    });
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Asks so many times a second by this route until told to stop; how it was answered, by status. */
export async function flood(
  who: Who,
  aimed: Aimed,
  signal: AbortSignal,
): Promise<Map<number, number>> {
  const answers = new Map<number, number>();
  while (!signal.aborted) {
    const next = sleep(100);
    for (let burst = 0; burst < aimed.perSecond / 10; burst += 1) {
      floodOnce(who, aimed).then(
        (status) => answers.set(status, (answers.get(status) ?? 0) + 1),
        () => undefined,
      );
    }
    await next;
  }
  return answers;
}

/** A conversation of a slow reader: its question is long, and its events are large. */
export async function bigConversation({ url, token }: Who): Promise<string> {
  let conversationId: string | undefined;
  for (let at = 0; at < BIG_EVENTS; at += 1) {
    const response = await fetch(new URL(routes.compose.path, url), {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({
        to: ["ana@helio.example"],
        subject: `Papers ${at}`,
        text: "x".repeat(190_000),
        ...(conversationId === undefined ? {} : { conversationId }),
      }),
    });
    if (response.status === 429) {
      await sleep(1000);
      at -= 1;
      continue;
    }
    ({ conversationId } = routes.compose.reply.parse(await response.json()));
  }
  return conversationId ?? "";
}

/** Reads nothing until it is cut off, then the rest. */
export async function slowReader(
  { url, token }: Who,
  conversationId: string,
): Promise<"cut" | "not cut" | "lost"> {
  const path = EVENTS_PATH.replace(":id", conversationId);
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.on("error", () => undefined);
  const gone = new Promise<boolean>((done) => {
    socket.once("close", () => {
      done(true);
    });
  });
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await sleep(120_000);
  let got = 0;
  socket.on("data", (bytes) => (got += bytes.length));
  const closed = await Promise.race([gone, sleep(10_000, false)]);
  socket.destroy();
  if (!closed || got > BIG_EVENTS * 190_000) return "not cut";
  const stop = new AbortController();
  const response = await fetch(new URL(path, url), {
    headers: { authorization: `Bearer ${token}`, "last-event-id": `${HELD}` },
    signal: AbortSignal.any([stop.signal, AbortSignal.timeout(60_000)]),
  });
  const seqs: number[] = [];
  let rest = "";
  try {
    for await (const chunk of response.body ?? []) {
      const parts = (rest + Buffer.from(chunk).toString()).split("\n");
      rest = parts.pop() ?? "";
      for (const line of parts) if (line.startsWith("id: ")) seqs.push(Number(line.slice(4)));
      if (seqs.at(-1) === BIG_EVENTS) break;
    }
  } catch {
    // Judged below.
  }
  stop.abort();
  return seqs.length === BIG_EVENTS - HELD && seqs.every((seq, at) => seq === at + HELD + 1)
    ? "cut"
    : "lost";
}
