/**
 * One loopback port for HTTP/2 with prior knowledge and HTTP/1.1: the first bytes tell which (RFC 9113 3.4).
 * AWS's default client speaks the first to Bedrock's runtime, `NodeHttpHandler` the second.
 */
import { createServer as createHttp1 } from "node:http";
import { createServer as createHttp2 } from "node:http2";
import { createServer, type Socket } from "node:net";

export interface Exchange {
  protocol: "h1" | "h2";
  method: string;
  path: string;
  header(name: string): string | undefined;
  body(): Promise<string>;
  /** Aborted when the caller goes away. */
  signal: AbortSignal;
  head(status: number, headers: Record<string, string>): void;
  write(chunk: Uint8Array | string): Promise<void>;
  end(): void;
  /** Destroys the connection, whatever is under way on it. */
  cut(): void;
}

interface Incoming extends AsyncIterable<Uint8Array> {
  method?: string | undefined;
  url?: string | undefined;
  headers: Record<string, string | string[] | undefined>;
  httpVersionMajor: number;
}

interface Outgoing {
  writeHead(status: number, headers: Record<string, string>): unknown;
  write(chunk: Uint8Array | string, done: (error?: Error | null) => void): boolean;
  end(): unknown;
  on(event: "close" | "error", heard: () => void): unknown;
  writableFinished: boolean;
}

function exchangeOf(request: Incoming, response: Outgoing, cut: () => void): Exchange {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  response.on("error", () => gone.abort());
  return {
    protocol: request.httpVersionMajor === 2 ? "h2" : "h1",
    method: request.method ?? "",
    path: request.url ?? "",
    signal: gone.signal,
    header(name) {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    async body() {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      return Buffer.concat(chunks).toString("utf8");
    },
    head: (status, headers) => void response.writeHead(status, headers),
    write: (chunk) =>
      new Promise((resolve) => {
        response.write(chunk, () => resolve());
      }),
    end: () => void response.end(),
    cut,
  };
}

export interface Listener {
  port: number;
  close(): Promise<void>;
}

export async function listen(
  handle: (exchange: Exchange) => Promise<void>,
  wanted = 0,
): Promise<Listener> {
  const sockets = new Map<number, Socket>();
  const cutter = (remotePort: number | undefined) => () => {
    sockets.get(remotePort ?? -1)?.destroy();
  };
  const serve = (request: Incoming, response: Outgoing, cut: () => void) => {
    handle(exchangeOf(request, response, cut)).catch(cut);
  };
  const http1 = createHttp1((request, response) => {
    serve(request, response, cutter(request.socket.remotePort));
  });
  const http2 = createHttp2((request, response) => {
    serve(request, response, cutter(request.socket.remotePort));
  });
  const server = createServer((socket) => {
    const key = socket.remotePort ?? -1;
    sockets.set(key, socket);
    socket.on("close", () => sockets.delete(key));
    socket.on("error", () => socket.destroy());
    const look = () => {
      const chunk: unknown = socket.read(4);
      if (!(chunk instanceof Uint8Array)) return;
      socket.off("readable", look);
      socket.unshift(chunk);
      const isHttp2 = Buffer.from(chunk).toString("latin1") === "PRI ";
      (isHttp2 ? http2 : http1).emit("connection", socket);
    };
    socket.on("readable", look);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(wanted, "127.0.0.1", resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : wanted,
    async close() {
      for (const socket of sockets.values()) socket.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
