/**
 * The phone: plain http on 127.0.0.1, one page per person. Shows pushes as Guardian could, and answers them. The page's script sets text
 * only, so no property value is ever markup; another site's page cannot press its buttons.
 */
import { createServer } from "node:http";

import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";

import { listen } from "../auth0/listen.ts";
import type { Directory } from "../auth0/users.ts";
import { phonePage } from "./page.ts";
import type { Enrolment, Push, Pushes } from "./pushes.ts";
import { SCRIPT } from "./script.ts";

export interface Phone {
  /** http://127.0.0.1:PORT/phone; add ?user=SUB. */
  url: string;
  /** Oldest first. */
  pushes(sub?: string): Push[];
  /** False when there is no such push, or it was answered, or its time is over. */
  approve(id: string): boolean;
  deny(id: string): boolean;
  setEnrolment(sub: string, enrolment: Enrolment): void;
}

export async function startPhone(deps: {
  pushes: Pushes;
  directory: Directory;
  now(): number;
}): Promise<{ phone: Phone; close(): Promise<void> }> {
  const { pushes, directory } = deps;
  const app = new Hono()
    .get("/phone", (c) => {
      const user = directory.find(c.req.query("user") ?? "");
      return c.html(phonePage(user, directory.all), user === undefined ? 404 : 200);
    })
    .get("/phone/script.js", (c) => c.body(SCRIPT, 200, { "content-type": "text/javascript" }))
    .get("/phone/pushes", (c) => {
      const sub = c.req.query("user") ?? "";
      return c.json({
        now: deps.now(),
        enrolment: pushes.enrolment(sub),
        pushes: pushes.list(sub),
      });
    })
    .post("/phone/enrol", async (c) => {
      const { origin, host } = c.req.header();
      if (origin !== `http://${host ?? ""}`) return c.json({ scanned: false }, 403);
      const { code } = await c.req.parseBody();
      const sub = c.req.query("user") ?? "";
      const scanned = typeof code === "string" && pushes.scan(sub, code.trim());
      return c.json({ scanned }, scanned ? 200 : 409);
    })
    .post("/phone/pushes/:id/:answer{approve|deny}", (c) => {
      const { origin, host } = c.req.header();
      if (origin !== `http://${host ?? ""}`) return c.json({ decided: false }, 403);
      const id = c.req.param("id");
      const decided = c.req.param("answer") === "approve" ? pushes.approve(id) : pushes.deny(id);
      return c.json({ decided }, decided ? 200 : 409);
    });
  const handle = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void handle(request, response));
  const listening = await listen(server);
  return {
    close: () => listening.close(),
    phone: {
      url: `http://127.0.0.1:${listening.port}/phone`,
      pushes: (sub) => pushes.list(sub),
      approve: pushes.approve,
      deny: pushes.deny,
      setEnrolment: pushes.setEnrolment,
    },
  };
}
