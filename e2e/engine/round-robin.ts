/**
 * A load balancer as small as one can be: asks each backend whether it is ready, and gives requests to those that are in turn. A request
 * that could not be begun at one is begun at the next; one that was begun is never sent a second time.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

const LOOK_MS = 250;

export interface RoundRobin {
  url: string;
  add(backend: string): void;
  remove(backend: string): void;
  ready(backend: string): boolean;
  close(): void;
}

/** The first of these backends that takes it. */
function pass(incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer, left: string[]) {
  const [backend, ...others] = left;
  if (backend === undefined) {
    outgoing.writeHead(502).end();
    return;
  }
  const asked = request(new URL(incoming.url ?? "/", backend), {
    method: incoming.method,
    headers: incoming.headers,
    agent: false,
  });
  outgoing.once("close", () => asked.destroy());
  asked.once("error", (error) => {
    if (outgoing.headersSent) outgoing.destroy();
    else if ("code" in error && error.code === "ECONNREFUSED") {
      pass(incoming, outgoing, body, others);
    } else outgoing.writeHead(502).end();
  });
  asked.once("response", (answer) => {
    const { connection: _, ...headers } = answer.headers;
    outgoing.writeHead(answer.statusCode ?? 502, headers);
    answer.pipe(outgoing);
    answer.once("error", () => outgoing.destroy());
  });
  asked.end(body);
}

export async function startRoundRobin(): Promise<RoundRobin> {
  const backends = new Map<string, boolean>();
  let turn = 0;

  async function look(backend: string): Promise<void> {
    const answer = await fetch(`${backend}/readyz`).catch(() => undefined);
    await answer?.text();
    if (backends.has(backend)) backends.set(backend, answer?.ok === true);
  }

  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on("data", (part: Buffer) => parts.push(part));
    incoming.once("end", () => {
      const ready = [...backends].filter(([, is]) => is).map(([backend]) => backend);
      turn = (turn + 1) % Math.max(1, ready.length);
      pass(incoming, outgoing, Buffer.concat(parts), [
        ...ready.slice(turn),
        ...ready.slice(0, turn),
      ]);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  const timer = setInterval(() => {
    Promise.all([...backends.keys()].map(look)).catch(() => undefined);
  }, LOOK_MS);

  return {
    url: `http://127.0.0.1:${address.port}`,
    add: (backend) => backends.set(backend, false),
    remove: (backend) => backends.delete(backend),
    ready: (backend) => backends.get(backend) === true,
    close() {
      clearInterval(timer);
      server.close();
      server.closeAllConnections();
    },
  };
}
