/** For tests: somebody who sees all that the server shows of itself, a collector and a scraper on loopback. */
import { createServer, type Server } from "node:http";

import { parseJson } from "@vaultdesk/shared/json.ts";
import { z } from "zod";

import { startSeeing } from "./start.ts";

const Spans = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              name: z.string(),
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              attributes: z.array(
                z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) }),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
});

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

export async function startSeeingForTests() {
  const sent: { path: string; body: string }[] = [];
  const collector = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      sent.push({ path: request.url ?? "", body: Buffer.concat(parts).toString() });
      response.setHeader("content-type", "application/json").end("{}");
    });
  });
  const probe = createServer();
  const port = await listen(probe);
  await close(probe);
  const stop = await startSeeing({
    collector: `http://127.0.0.1:${await listen(collector)}/`,
    collectorHeaders: { "x-key": "collector-secret-4711" },
    scrape: { host: "127.0.0.1", port },
  });
  return {
    /** Ends it. All that was seen, as it left. */
    async end() {
      const scraped = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      await stop?.();
      await close(collector);
      const spans = sent
        .filter(({ path }) => path === "/v1/traces")
        .flatMap(({ body }) => Spans.parse(parseJson(body)).resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
      return { scraped, spans, all: [scraped, ...sent.map(({ body }) => body)].join("\n") };
    },
  };
}
