import { Hono } from "hono";
import { expect, test } from "vitest";

import { createLog, type Level } from "./log.ts";
import { carried, countRequests } from "./request.ts";

function desk(least: Level = "info") {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => new Date(0),
    least,
  );
  const app = new Hono();
  app.use(countRequests());
  const later: (() => void)[] = [];
  app.get("/", (c) => {
    log.info("asked");
    const here = carried();
    later.push(() => {
      here(() => {
        log.warn("went on");
      });
    });
    return c.text("");
  });
  return { app, lines, log, later };
}

const Line = /"request":"([0-9a-f]{12})"/;
const idOf = (line: string | undefined) => Line.exec(line ?? "")?.[1];

test("each line of a request has its id, and what goes on after it keeps it", async () => {
  const { app, lines, log, later } = desk();
  await app.request("/");
  await app.request("/");
  for (const one of later) one();
  log.info("of nobody");
  const ids = lines.map(idOf);
  expect(ids).toEqual([ids[0], ids[1], ids[0], ids[1], undefined]);
  expect(new Set(ids).size).toBe(3);
});

test("lines below the level are not written", async () => {
  const { app, lines, log, later } = desk("warn");
  await app.request("/");
  for (const one of later) one();
  log.error("broke");
  expect(lines.map((line) => /"level":"(\w+)"/.exec(line)?.[1])).toEqual(["warn", "error"]);
});
