/**
 * Limits below HTTP (nodejs.org/api/http.html). A stream's heartbeat is a sign of life only while the other side takes what is written:
 * one that does not read is cut off, and its panel goes on after the last event it has.
 */
import type { Server, ServerOptions } from "node:http";

/** Two heartbeats of a stream, in milliseconds. Node gives a write that is stuck this long once more before it cuts. */
const SILENT_MS = 30_000;
const CONNECTIONS = 20_000;

export const SOCKET_OPTIONS: ServerOptions = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  /** For the whole request to arrive, its body too; an answer may take longer. */
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5000,
  keepAliveTimeout: 10_000,
};

export function guard(server: Server, silentMs: number = SILENT_MS): void {
  server.maxConnections = CONNECTIONS;
  server.setTimeout(silentMs);
}
