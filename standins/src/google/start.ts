/**
 * Gmail and Calendar on loopback, strict: tokens with scopes and an end, Google's own routes and refusals, an outbox to judge by.
 * A method that is known and not built answers 501 with its Google name.
 */
import { randomBytes } from "node:crypto";

import { type HttpBindings, serve } from "@hono/node-server";
import { Hono } from "hono";

import { addMessage, type Box, createBox, ownIn, type SendAs, viewOfBox } from "./box.ts";
import { createCalendars, type EventView, viewOfCalendar } from "./calendar-store.ts";
import { calendarHandlers } from "./calendar.ts";
import { derive, type Method } from "./derive.ts";
import { faultOf, GoogleError, notBuilt, scopeMissing, unauthorized } from "./errors.ts";
import { gmailHandlers } from "./gmail.ts";
import type { MailboxView } from "./mailbox-view.ts";
import { headerIn, parseMime } from "./mime.ts";
import type { OutboxEntry, Post } from "./send.ts";

export type { MailboxView, OutboxEntry };

export interface GoogleUser {
  email: string;
  name: string;
  timeZone?: string;
  /** HTML, of the primary address. */
  signature?: string;
  aliases?: readonly SendAs[];
}

export interface Issued {
  accessToken: string;
  scopes: string[];
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** `lost`: done, but the answer never arrives. */
export type GoogleFault = number | "timeout" | "reset" | "lost";

export interface Faults {
  /** The next `times` calls of the method, by Google's id, fail so. */
  next(method: string, fault: GoogleFault, times?: number): void;
  clear(): void;
}

export interface ImportReport {
  imported: number;
  duplicates: number;
  refused: number;
}

export interface Google {
  url: string;
  accounts(): readonly GoogleUser[];
  issue(email: string, scopes: readonly string[], seconds?: number): Issued;
  revoke(email: string): void;
  /** When the person's grant was taken back last, by `revoke` or at Google's own endpoint. Milliseconds since the epoch. */
  revokedAt(email: string): number | undefined;
  importMail(
    email: string,
    messages: Iterable<{ raw: Uint8Array; labels?: string[] }>,
  ): Promise<ImportReport>;
  outbox: readonly OutboxEntry[];
  faults: Faults;
  calls: readonly { method: string; at: number; email: string }[];
  mailbox(email: string): MailboxView;
  /** What stands in the person's own calendar. */
  events(email: string): EventView[];
  close(): Promise<void>;
}

export interface GoogleOptions {
  users: readonly GoogleUser[];
  now?: () => number;
  port?: number;
  /** Told of each call as it arrives, which goes on when this has ended. */
  arrived?: (method: string) => Promise<void>;
}

interface Token {
  email: string;
  scopes: readonly string[];
  expiresAt: number;
}

export async function startGoogle(options: GoogleOptions): Promise<Google> {
  const now = options.now ?? Date.now;
  const boxes = new Map(
    options.users.map((user) => [
      user.email.toLowerCase(),
      createBox(user.email, user.name, user.timeZone ?? "UTC", user.signature, user.aliases),
    ]),
  );
  const outbox: OutboxEntry[] = [];
  const post: Post = { boxes, outbox, now };
  const tokens = new Map<string, Token>();
  const calls: { method: string; at: number; email: string }[] = [];
  let faults: { method: string; fault: GoogleFault }[] = [];
  const methods = [...derive("gmail", "v1"), ...derive("calendar", "v3")];
  const calendars = createCalendars(options.users);
  const handlers = { ...gmailHandlers(post), ...calendarHandlers(post, calendars) };

  function boxOf(email: string): Box {
    const box = boxes.get(email.toLowerCase());
    if (box === undefined) throw new Error(`the world has no mailbox of ${email}`);
    return box;
  }

  function caller(method: Method, authorization: string | undefined): Token {
    const token = tokens.get(/^Bearer (.+)$/i.exec(authorization ?? "")?.[1] ?? "");
    if (token === undefined || token.expiresAt <= now()) throw unauthorized();
    if (!method.scopes.some((scope) => token.scopes.includes(scope)))
      throw scopeMissing(method.id, method.scopes);
    return token;
  }

  function takeFault(method: string): GoogleFault | undefined {
    const at = faults.findIndex((one) => one.method === method);
    return at < 0 ? undefined : faults.splice(at, 1)[0]?.fault;
  }

  const revokedAt = new Map<string, number>();
  function revoke(email: string): void {
    revokedAt.set(email.toLowerCase(), now());
    for (const [token, { email: owner }] of tokens)
      if (owner === email.toLowerCase()) tokens.delete(token);
  }
  const app = new Hono<{ Bindings: HttpBindings }>();
  for (const method of methods) {
    app.on(method.verb, method.path, async (c) => {
      const token = caller(method, c.req.header("authorization"));
      const path: Record<string, string> = { ...c.req.param() };
      const box = boxOf(token.email);
      const user = path["userId"];
      if (user !== undefined && user !== "me" && user.toLowerCase() !== token.email) {
        throw new GoogleError(
          403,
          `Delegation denied for ${token.email}`,
          "forbidden",
          "PERMISSION_DENIED",
        );
      }
      calls.push({ method: method.id, at: now(), email: token.email });
      await options.arrived?.(method.id);
      const fault = takeFault(method.id);
      if (fault === "reset") {
        c.env.incoming.socket.destroy();
        return c.body(null, 500);
      }
      if (fault === "timeout") {
        await new Promise((gone) => c.env.incoming.socket.once("close", gone));
        return c.body(null, 500);
      }
      if (fault !== undefined && fault !== "lost") throw faultOf(fault);
      const handler = handlers[method.id];
      if (handler === undefined) throw notBuilt(`${method.id} is a method of Google's`);
      const body: unknown = ["POST", "PUT", "PATCH"].includes(method.verb)
        ? await c.req.json().catch(() => ({}))
        : {};
      const query = new URL(c.req.url).searchParams;
      const out = await handler({ box, path, query, body, ifMatch: c.req.header("if-match") });
      if (fault === "lost") {
        c.env.incoming.socket.destroy();
        return c.body(null, 500);
      }
      return out === undefined ? c.body(null, 204) : c.json(out);
    });
  }
  app.notFound((c) =>
    c.json({ error: { code: 404, message: "Not Found", status: "NOT_FOUND" } }, 404),
  );
  // Google's own: a known token takes its whole grant with it.
  app.post("/revoke", async (c) => {
    const { token: named } = await c.req.parseBody();
    const token = typeof named === "string" ? tokens.get(named) : undefined;
    if (token === undefined) return c.json({ error: "invalid_token" }, 400);
    revoke(token.email);
    return c.json({});
  });
  app.onError((error) => {
    const failure =
      error instanceof GoogleError
        ? error
        : new GoogleError(500, error.message, "backendError", "INTERNAL");
    return Response.json(failure.body(), { status: failure.code, headers: { ...failure.headers } });
  });

  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: options.port ?? 0 });
  await new Promise<void>((listening) => server.once("listening", () => listening()));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");

  return {
    url: `http://127.0.0.1:${address.port}/`,
    accounts: () => options.users,
    issue(email, scopes, seconds = 3599) {
      boxOf(email);
      const accessToken = `ya29.${randomBytes(24).toString("base64url")}`;
      const expiresAt = now() + seconds * 1000;
      tokens.set(accessToken, { email: email.toLowerCase(), scopes: [...scopes], expiresAt });
      return { accessToken, scopes: [...scopes], expiresAt };
    },
    revoke,
    revokedAt: (email) => revokedAt.get(email.toLowerCase()),
    async importMail(email, messages) {
      return importInto(boxOf(email), messages, now());
    },
    outbox,
    faults: {
      next(method, fault, times = 1) {
        faults.push(...Array.from({ length: times }, () => ({ method, fault })));
      },
      clear() {
        faults = [];
      },
    },
    calls,
    mailbox: (email) => viewOfBox(boxOf(email)),
    events: (email) => viewOfCalendar(calendars, email),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

/** Oldest first, so that replies find what they answer; a Message-ID counts once. */
async function importInto(
  box: Box,
  messages: Iterable<{ raw: Uint8Array; labels?: string[] }>,
  now: number,
): Promise<ImportReport> {
  const report: ImportReport = { imported: 0, duplicates: 0, refused: 0 };
  const seen = new Set([...box.messages.values()].map((message) => message.messageId));
  const dated: { raw: Uint8Array; labels: string[]; at: number }[] = [];
  for (const { raw, labels } of messages) {
    const head = await parseMime(raw).catch(() => undefined);
    if (head === undefined) {
      report.refused += 1;
      continue;
    }
    const id = headerIn(head, "Message-ID");
    if (id !== "" && seen.has(id)) {
      report.duplicates += 1;
      continue;
    }
    seen.add(id);
    const at = Date.parse(headerIn(head, "Date"));
    const own = ownIn(box, headerIn(head, "From")) !== undefined;
    dated.push({
      raw,
      labels: labels ?? [own ? "SENT" : "INBOX"],
      at: Number.isNaN(at) ? now : at,
    });
  }
  for (const { raw, labels, at } of dated.toSorted((a, b) => a.at - b.at)) {
    await addMessage(box, raw, { labels, at, guess: true });
    report.imported += 1;
  }
  return report;
}
