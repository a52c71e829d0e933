/**
 * Loaded before the server by the kill sweep: gives every await boundary of the store and of each HTTP call a name, counts them, and
 * ends the process with SIGKILL at the one it was told. The server itself knows nothing of it.
 *
 * A point is before a statement (nothing of it happened), after it (the store has it, the code not yet), before a request leaves, when
 * its answer's head is there (the other side did it, nobody here knows), and when its body is.
 */
import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { StatementSync } from "node:sqlite";

import { z } from "zod";

const SERVER = resolve(import.meta.dirname, "../../server");

/** From the parent: start the server that waits; or die at the nth point of this name from now on. */
const Told = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("go") }),
  z.object({ kind: z.literal("arm"), name: z.string(), nth: z.number() }),
  z.object({ kind: z.literal("count") }),
]);

let armed: { name: string; left: number } | undefined;
let counts: Map<string, number> | undefined;

function point(name: string): void {
  if (counts !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  if (armed?.name !== name) return;
  armed.left -= 1;
  if (armed.left === 0) process.kill(process.pid, "SIGKILL");
}

/** `update approvals`, `commit`, ...; undefined for what no step of an approval waits on. */
function nameOf(text: string): string | undefined {
  const words = text.replaceAll(/["`]/g, "").trim().toLowerCase();
  if (/^(begin|commit|rollback|start transaction)/.test(words)) return words.split(/\s/)[0];
  const table = /\b(?:from|into|update)\s+([a-z_]+)/.exec(words)?.[1];
  return table === undefined ? undefined : `${words.split(/\s/)[0] ?? ""} ${table}`;
}

function around<T>(text: string, work: () => T): T {
  const name = nameOf(text);
  if (name === undefined) return work();
  point(`${name} | before`);
  const result = work();
  if (result instanceof Promise) {
    // The answer is there; whoever waits for it has not gone on yet.
    const arrived = () => {
      point(`${name} | after`);
    };
    result.then(arrived, () => undefined);
  } else point(`${name} | after`);
  return result;
}

for (const method of ["all", "run"] as const) {
  const original = StatementSync.prototype[method];
  Object.defineProperty(StatementSync.prototype, method, {
    value: function around_(this: StatementSync, ...values: unknown[]): unknown {
      return around(this.sourceSQL, (): unknown => Reflect.apply(original, this, values));
    },
  });
}

const Query = z.union([z.string(), z.object({ text: z.string() })]);
const Driver = z.object({
  Client: z.custom<{ prototype: { query: (...args: unknown[]) => unknown } }>(
    (value) => typeof value === "function",
  ),
});
const { prototype } = Driver.parse(createRequire(resolve(SERVER, "package.json"))("pg")).Client;
const originalQuery = prototype.query;
prototype.query = function around_(this: unknown, ...args: unknown[]): unknown {
  const query = Query.safeParse(args[0]);
  const text = typeof query.data === "object" ? query.data.text : (query.data ?? "");
  return around(text, (): unknown => Reflect.apply(originalQuery, this, args));
};

const Request = z.object({ request: z.object({ method: z.string(), path: z.string() }) });
const Response = z.object({ response: z.instanceof(IncomingMessage) });

function requestName(message: unknown): string | undefined {
  const said = Request.safeParse(message);
  if (!said.success) return undefined;
  const { method, path } = said.data.request;
  const short = (path.split("?")[0] ?? "").replaceAll(/\/[\w-]*\d[\w-]*(?=\/|$)/g, "/ID");
  return `${method} ${short.replace("/gmail/ID", "/gmail/v1")}`;
}

function hear(channel: string, when: string): void {
  subscribe(channel, (message) => {
    const name = requestName(message);
    if (name !== undefined) point(`${name} | ${when}`);
  });
}
// Auth0's client speaks through fetch, Google's through node:http.
hear("undici:request:create", "before");
hear("undici:request:headers", "answered");
hear("undici:request:trailers", "after");
hear("http.client.request.created", "before");
hear("http.client.response.finish", "answered");
subscribe("http.client.response.finish", (message) => {
  const name = requestName(message);
  const said = Response.safeParse(message);
  if (name === undefined || !said.success) return;
  said.data.response.once("end", () => {
    point(`${name} | after`);
  });
});

// The slow part of a start, done before the sweep needs the process.
await import(resolve(SERVER, "src/app.ts"));
await import(resolve(SERVER, "src/deps.ts"));

const go = Promise.withResolvers<undefined>();
process.on("message", (message) => {
  const told = Told.parse(message);
  switch (told.kind) {
    case "go":
      go.resolve(undefined);
      return;
    case "arm":
      armed = { name: told.name, left: told.nth };
      return;
    case "count":
      if (counts !== undefined) process.send?.({ counts: Object.fromEntries(counts) });
      counts = new Map();
      return;
  }
});
process.send?.({ ready: true });
await go.promise;
