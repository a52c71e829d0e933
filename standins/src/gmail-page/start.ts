/**
 * A page shaped like Gmail over mailboxes of the Google stand-in: the same attributes, ids and columns, none of Google's own markup,
 * styles or pictures. Reads only. Browsed as https://mail.google.com/mail/u/0/ with Chromium's `--host-resolver-rules`.
 */
import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:https";

import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";

import { listen } from "../auth0/listen.ts";
import type { MailboxView } from "../google/mailbox-view.ts";
import { framePage, policy } from "./frame.ts";
import { viewAt } from "./view.ts";

export interface GmailPage {
  /** `https://127.0.0.1:PORT` */
  origin: string;
  port: number;
  close(): Promise<void>;
}

export interface GmailPageOptions {
  google: { mailbox(email: string): MailboxView };
  /** At /mail/u/0/. */
  email: string;
  /** At /mail/u/1/ and on. */
  others?: readonly string[];
  tls: { key: string; cert: string };
  port?: number;
}

function pageOf({ google, email: first, others = [] }: GmailPageOptions): Hono {
  const emails = [first, ...others];
  return new Hono()
    .get("/mail/u/:index{[0-9]}/", (c) => {
      const email = emails[Number(c.req.param("index"))];
      if (email === undefined) return c.notFound();
      const nonce = randomBytes(16).toString("base64");
      const { name } = google.mailbox(email);
      const theme = c.req.query("theme") === "dark" ? "dark" : "light";
      return c.html(framePage({ email, name, theme, nonce }), 200, {
        "content-security-policy": policy(nonce),
        "cache-control": "no-store",
        "referrer-policy": "origin",
      });
    })
    .get("/mail/u/:index{[0-9]}/data", (c) => {
      const email = emails[Number(c.req.param("index"))];
      if (email === undefined) return c.notFound();
      const opened = new Set((c.req.query("open") ?? "").split(","));
      const at = c.req.query("at") ?? "#inbox";
      const view = viewAt(google.mailbox(email), at, opened, Date.now());
      const version = createHash("sha256").update(JSON.stringify(view)).digest("base64url");
      return c.json({ version, view }, 200, { "cache-control": "no-store" });
    });
}

export async function startGmailPage(options: GmailPageOptions): Promise<GmailPage> {
  const handle = getRequestListener(pageOf(options).fetch, { overrideGlobalObjects: false });
  const server = createServer(
    { key: options.tls.key, cert: options.tls.cert },
    (request, response) => void handle(request, response),
  );
  const listening = await listen(server, options.port);
  return {
    origin: `https://127.0.0.1:${listening.port}`,
    port: listening.port,
    close: () => listening.close(),
  };
}
