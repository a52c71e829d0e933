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

export interface Shown {
  google: { mailbox(email: string): MailboxView };
  /** At /mail/u/0/. */
  email: string;
  /** At /mail/u/1/ and on. */
  others?: readonly string[];
}

export interface GmailPage {
  /** `https://127.0.0.1:PORT` */
  origin: string;
  port: number;
  /** From now on, other mailboxes. */
  show(mailboxes: Shown): void;
  close(): Promise<void>;
}

export interface GmailPageOptions {
  /** Nothing, until something is shown. */
  shows?: Shown;
  tls: { key: string; cert: string };
  port?: number;
}

function pageOf(shown: () => Shown | undefined): Hono {
  const mailboxAt = (index: string) => {
    const now = shown();
    if (now === undefined) return undefined;
    const email = [now.email, ...(now.others ?? [])][Number(index)];
    return email === undefined ? undefined : { email, mailbox: now.google.mailbox(email) };
  };
  return new Hono()
    .get("/mail/u/:index{[0-9]}/", (c) => {
      const found = mailboxAt(c.req.param("index"));
      if (found === undefined) return c.notFound();
      const nonce = randomBytes(16).toString("base64");
      const { email } = found;
      const { name } = found.mailbox;
      const theme = c.req.query("theme") === "dark" ? "dark" : "light";
      return c.html(framePage({ email, name, theme, nonce }), 200, {
        "content-security-policy": policy(nonce),
        "cache-control": "no-store",
        "referrer-policy": "origin",
      });
    })
    .get("/mail/u/:index{[0-9]}/data", (c) => {
      const found = mailboxAt(c.req.param("index"));
      if (found === undefined) return c.notFound();
      const opened = new Set((c.req.query("open") ?? "").split(","));
      const at = c.req.query("at") ?? "#inbox";
      const view = viewAt(found.mailbox, at, opened, Date.now());
      const version = createHash("sha256").update(JSON.stringify(view)).digest("base64url");
      return c.json({ version, view }, 200, { "cache-control": "no-store" });
    });
}

export async function startGmailPage(options: GmailPageOptions): Promise<GmailPage> {
  let shown = options.shows;
  const handle = getRequestListener(pageOf(() => shown).fetch, { overrideGlobalObjects: false });
  const server = createServer(
    { key: options.tls.key, cert: options.tls.cert },
    (request, response) => void handle(request, response),
  );
  const listening = await listen(server, options.port);
  return {
    origin: `https://127.0.0.1:${listening.port}`,
    port: listening.port,
    show(mailboxes) {
      shown = mailboxes;
    },
    close: () => listening.close(),
  };
}
