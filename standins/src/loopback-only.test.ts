import net from "node:net";

import { afterEach, expect, test } from "vitest";

import { guardLoopback, isLoopback } from "./loopback-only.ts";

let release = () => {};
afterEach(() => {
  release();
});

test.each(["127.0.0.1", "localhost", "::1", "[::1]", "127.8.9.1"])("%s is loopback", (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each(["10.0.0.1", "example.com", "127.0.0.1.example.com", "localhost.example", "192.168.1.1"])(
  "%s is not",
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);

test("a connection and a fetch outside loopback fail and are told", async () => {
  const tried: string[] = [];
  release = guardLoopback((host) => tried.push(host));
  const refused = await new Promise((resolve) => {
    net.connect(443, "192.0.2.1").on("error", resolve);
  });
  expect(refused).toMatchObject({ code: "OUTSIDE_LOOPBACK" });
  await expect(fetch("http://192.0.2.1/")).rejects.toThrow("fetch failed");
  expect(tried).toEqual(["192.0.2.1", "192.0.2.1"]);
});
