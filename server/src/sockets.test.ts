/** The server behind a real socket: what is too much, too slow or too often is cut off or told to wait, and loses no event. */
import { once } from "node:events";
import { Server } from "node:http";
import { connect, type Socket } from "node:net";

import { type ServerType, serve } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { EVENTS_PATH, OWN_EVENTS_PATH, routes } from "@vaultdesk/shared/api.ts";
import type { EventBody } from "@vaultdesk/shared/event.ts";
import { RunId } from "@vaultdesk/shared/id.ts";
import { DefaultQueryExecutor } from "kysely";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { RATES, STREAMS_OPEN } from "./edge/limits.ts";
import { guard, SOCKET_OPTIONS } from "./edge/sockets.ts";
import { straight } from "./edge/straight.ts";
import { ANA, MAYA, startOffice } from "./testing.ts";

const SILENT_MS = 500;
/** Where nobody is to be cut off, however busy the machine is. */
const PATIENT_MS = 20_000;
const SOON_MS = 10_000;
let office: Awaited<ReturnType<typeof startOffice>>;
let server: ServerType;
let port = 0;
const answers: Response[] = [];
const bearers = { maya: "", ana: "" };

beforeAll(async () => {
  office = await startOffice();
  const listener = straight(office.app);
  const options = { ...SOCKET_OPTIONS, headersTimeout: 300, requestTimeout: 400 };
  server = serve({
    fetch: async (...asked: Parameters<typeof listener>) => {
      const answer = await listener(...asked);
      answers.push(answer);
      return answer;
    },
    hostname: "127.0.0.1",
    port: 0,
    serverOptions: { ...options, connectionsCheckingInterval: 100 },
  });
  patience(PATIENT_MS);
  await once(server, "listening");
  const address = server.address();
  port = typeof address === "object" ? (address?.port ?? 0) : 0;
  bearers.maya = (await office.visit(MAYA)).api;
  bearers.ana = (await office.visit(ANA)).api;
}, 20_000);

afterAll(async () => {
  server.close();
  await office.close();
});

/** For connections from now on. */
function patience(ms: number): void {
  if (!(server instanceof Server)) throw new Error("not HTTP/1");
  guard(server, ms);
}

const url = (path: string) => `http://127.0.0.1:${port}${path}`;
const as = (bearer: string) => ({ authorization: `Bearer ${bearer}` });

/** A conversation that holds these events. */
async function told(...bodies: EventBody[]): Promise<string> {
  const { conversations, log } = office.deps.conversation;
  const id = await conversations.create(MAYA, "Falcon", undefined);
  for (const body of bodies) await log.append(id, MAYA, body);
  return id;
}

/** How twice as many as may come at once are answered. */
async function flooded(bearer: string, { burst }: { burst: number }): Promise<number[]> {
  const all = await Promise.all(Array.from({ length: burst * 2 }, () => statusFor(bearer)));
  return [...new Set(all)].toSorted((a, b) => a - b);
}

async function statusFor(bearer: string): Promise<number> {
  const response = await fetch(url(routes.approvals.path), { headers: as(bearer) });
  await response.text();
  return response.status;
}

const runId = RunId.parse(`run_${"0".repeat(32)}`);
const delta = (text: string): EventBody => ({ type: "text.delta", runId, text });

/** Sends these bytes; what comes until the server closes. */
async function said(bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  socket.write(bytes);
  let got = "";
  for await (const text of socket) got += String(text);
  return got;
}

test("headers that are too large, and a request that does not come, are refused", async () => {
  expect(await said(`GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}\r\n\r\n`)).toContain(
    " 431 ",
  );
  expect(await said("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")).toContain(" 408 ");
  const head = "POST /api/runs HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n";
  const slow = await said(`${head}Authorization: Bearer ${bearers.maya}\r\n\r\n{`);
  expect(slow).toContain(" 408 ");
});

test("a reader that does not read is cut off, and goes on where it was", async () => {
  const count = 120;
  const id = await told(
    ...Array.from({ length: count }, (_, at) => delta(`${at}${"x".repeat(100_000)}`)),
  );
  const path = EVENTS_PATH.replace(":id", id);
  const cut = once(server, "connection").then(([socket]: Socket[]) => {
    if (socket !== undefined) return once(socket, "close");
    throw new Error("no connection");
  });
  patience(SILENT_MS);
  const idle = connect(port, "127.0.0.1");
  idle.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${bearers.maya}\r\n\r\n`);
  await cut;
  idle.destroy();
  patience(PATIENT_MS);

  const seen: number[] = [];
  const stop = new AbortController();
  const response = await fetch(url(path), {
    headers: { ...as(bearers.maya), "last-event-id": "100" },
    signal: stop.signal,
  });
  let rest = "";
  for await (const chunk of response.body ?? []) {
    const lines = (rest + Buffer.from(chunk).toString()).split("\n");
    rest = lines.pop() ?? "";
    seen.push(...lines.flatMap((line) => (line.startsWith("id: ") ? [Number(line.slice(4))] : [])));
    if (seen.at(-1) === count) break;
  }
  stop.abort();
  expect(seen).toEqual(Array.from({ length: count - 100 }, (_, at) => at + 101));
});

test("one person's streams are counted, another's are not touched, and a closed one makes room", async () => {
  const id = await told(delta("hello"));
  const mine = url(EVENTS_PATH.replace(":id", id));
  const stops = Array.from({ length: STREAMS_OPEN }, () => new AbortController());
  const open = await Promise.all(
    stops.map(({ signal }) => fetch(mine, { headers: as(bearers.maya), signal })),
  );
  expect(open.map(({ status }) => status)).toEqual(stops.map(() => 200));
  const late = await fetch(mine, { headers: as(bearers.maya) });
  expect([late.status, late.headers.get("retry-after")]).toEqual([429, "5"]);
  expect(await late.json()).toMatchObject({ problem: { code: "too_many", retryAfter: 5 } });
  stops.pop()?.abort();
  await vi.waitFor(async () => {
    const stop = new AbortController();
    stops.push(stop);
    expect((await fetch(mine, { headers: as(bearers.maya), signal: stop.signal })).status).toBe(
      200,
    );
  });
  for (const stop of stops) stop.abort();
});

test("streams that wait behind one on its connection give their places back with it", async () => {
  const { limits } = office.deps.conversation;
  const free = () => {
    const places = Array.from({ length: STREAMS_OPEN }, () => limits.stream(ANA));
    for (const place of places) place?.leave();
    return places.filter((place) => place !== undefined).length;
  };
  const asks = `GET ${OWN_EVENTS_PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${bearers.ana}\r\n\r\n`;
  const socket = connect(port, "127.0.0.1").resume();
  socket.write(asks.repeat(STREAMS_OPEN));
  await vi.waitFor(() => {
    expect(free()).toBe(0);
  }, SOON_MS);
  socket.destroy();
  await vi.waitFor(() => {
    expect(free()).toBe(STREAMS_OPEN);
  }, SOON_MS);
});

test("open panels are written to without a web stream, and each asks the store once for each event", async () => {
  const id = await told(delta("hello"));
  const ask = `GET ${EVENTS_PATH.replace(":id", id)} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${bearers.maya}\r\n\r\n`;
  const got = ["", "", ""];
  const sockets = got.map((_, index) => {
    const socket = connect(port, "127.0.0.1").setEncoding("utf8");
    socket.on("data", (text) => (got[index] += String(text)));
    socket.write(ask);
    return socket;
  });
  const all = (text: string) =>
    vi.waitFor(() => {
      expect(got.filter((seen) => seen.includes(text))).toHaveLength(got.length);
    }, SOON_MS);
  answers.length = 0;
  await all("hello");
  expect(answers.map((answer) => answer === RESPONSE_ALREADY_SENT)).toEqual(got.map(() => true));
  // Each looks once more for what is after it.
  const place = office.deps.conversation.limits.stream(MAYA);
  await place?.turn(() => Promise.resolve());
  place?.leave();
  const statements = vi.spyOn(DefaultQueryExecutor.prototype, "executeQuery");
  await office.deps.conversation.log.append(id, MAYA, delta("again"));
  await all("again");
  const asked = statements.mock.calls.map(([query]) => query.sql);
  statements.mockRestore();
  for (const socket of sockets) socket.destroy();
  expect(asked.filter((sql) => sql.startsWith('select * from "events"'))).toHaveLength(got.length);
});

test("who asks too often waits, others do not; who can't prove themselves waits by their address", async () => {
  expect(await flooded(bearers.maya, RATES.read)).toEqual([200, 429]);
  expect(await statusFor(bearers.ana)).toBe(200);
  expect(await flooded("aaa.bbb.ccc", RATES.refused)).toEqual([401, 429]);
  expect(await statusFor(bearers.ana)).toBe(200);
});
