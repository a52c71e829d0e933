import { createServer, type RequestListener } from "node:http";

import { Pool } from "undici";
import { expect, onTestFinished, test } from "vitest";

import { postForm } from "./post-form.ts";

async function poolAt(listener: RequestListener): Promise<Pool> {
  const server = createServer(listener);
  await new Promise<void>((ready) => {
    server.listen(0, "127.0.0.1", ready);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const pool = new Pool(`http://127.0.0.1:${address.port}`);
  onTestFinished(async () => {
    await pool.destroy();
    server.close();
  });
  return pool;
}

test("a form is posted, and the answer comes whole", async () => {
  const pool = await poolAt((request, response) => {
    response.writeHead(429, { "retry-after": "3" });
    response.write(`é ${request.method} ${request.url} ${request.headers["content-type"]} `);
    request.pipe(response);
  });
  expect(await postForm(pool, "/oauth/token", "a=b&c=d")).toMatchObject({
    status: 429,
    headers: { "retry-after": "3" },
    text: "é POST /oauth/token application/x-www-form-urlencoded a=b&c=d",
  });
});

test.each<[string, RequestListener]>([
  ["is cut off", (_, response) => response.write("half", () => response.destroy())],
  ["is too long", (_, response) => response.end(Buffer.alloc(2_000_000))],
])("an answer that %s is none", async (_, listener) => {
  const pool = await poolAt(listener);
  await expect(postForm(pool, "/oauth/token", "")).rejects.toThrow(/closed|terminated|too long/);
});

test("a connection that is dropped is an error, not a wait", async () => {
  const pool = await poolAt((request) => request.socket.destroy());
  await expect(postForm(pool, "/oauth/token", "")).rejects.toThrow(/closed|hang up|other side/);
});
