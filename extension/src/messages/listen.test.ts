import { beforeEach, describe, expect, test } from "vitest";
import { browser } from "wxt/browser";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { z } from "zod";

import { listen, row } from "./listen.ts";
import { messages } from "./protocol.ts";
import {
  type Claim,
  fromGmail,
  fromOffscreen,
  fromPanel,
  fromWorker,
  type Sender,
} from "./senders.ts";

const root = () => browser.runtime.getURL("/");
const id = () => browser.runtime.id;
const tab = { id: 7 } as const;

beforeEach(() => {
  fakeBrowser.reset();
});

function sender(over: Record<string, unknown> = {}): Sender {
  // A stamp as the browser writes it; a test changes one part.
  return z.custom<Sender>().parse({ id: id(), ...over });
}

const panelInGmail = () => sender({ url: `${root()}panel.html#nonce`, tab, frameId: 3 });
const gmailTop = () => sender({ url: "https://mail.google.com/mail/u/0/#inbox", tab, frameId: 0 });

describe("claims are proven by the browser's stamp", () => {
  const rows: [string, Claim, () => Sender, boolean][] = [
    ["the panel in Gmail", fromPanel, panelInGmail, true],
    ["the side panel", fromPanel, () => sender({ url: `${root()}panel.html` }), true],
    [
      "another extension's panel",
      fromPanel,
      () => sender({ id: "other", url: `${root()}panel.html` }),
      false,
    ],
    [
      "a page of ours that is not the panel",
      fromPanel,
      () => sender({ url: `${root()}x.html` }),
      false,
    ],
    [
      "a path that starts like the panel",
      fromPanel,
      () => sender({ url: `${root()}panel.html.x` }),
      false,
    ],
    ["the content script as the panel", fromPanel, gmailTop, false],
    ["the content script", fromGmail, gmailTop, true],
    [
      "a content script in a sub-frame",
      fromGmail,
      () => sender({ url: "https://mail.google.com/x", tab, frameId: 2 }),
      false,
    ],
    [
      "a host that starts like Gmail's",
      fromGmail,
      () => sender({ url: "https://mail.google.com.evil.example/", tab, frameId: 0 }),
      false,
    ],
    [
      "plain http",
      fromGmail,
      () => sender({ url: "http://mail.google.com/", tab, frameId: 0 }),
      false,
    ],
    ["the panel as the content script", fromGmail, panelInGmail, false],
    ["the offscreen page", fromOffscreen, () => sender({ url: `${root()}offscreen.html` }), true],
    [
      "the offscreen page's address in a tab",
      fromOffscreen,
      () => sender({ url: `${root()}offscreen.html`, tab, frameId: 0 }),
      false,
    ],
    ["the worker", fromWorker, () => sender({ url: `${root()}background.js` }), true],
    ["the panel as the worker", fromWorker, panelInGmail, false],
    ["a content script as the worker", fromWorker, gmailTop, false],
  ];
  test.each(rows)("%s", (_name, claim, stamp, holds) => {
    expect(claim(stamp())).toBe(holds);
  });
});

const bound = () =>
  row({ from: fromPanel, schema: messages.token.request, handle: ({ fresh }) => fresh });

describe("a row answers only what it was made for", () => {
  test("a proven sender with a message that fits is handled", () => {
    expect(bound()({ type: "session.token", fresh: true }, panelInGmail())?.()).toBe(true);
  });
  test("the content script can't ask for a token", () => {
    expect(bound()({ type: "session.token", fresh: true }, gmailTop())).toBeUndefined();
  });
  test.each([
    undefined,
    "session.token",
    { type: "session.token" },
    { type: "session.token", fresh: "yes" },
    { type: "session.tokens", fresh: true },
  ])("%o meets silence", (message) => {
    expect(bound()(message, panelInGmail())).toBeUndefined();
  });
});

test("a handler that throws is answered as a failure, in its own words", async () => {
  listen([
    row({
      from: () => true,
      schema: z.object({ type: z.literal("x") }),
      handle: () => {
        throw new Error("no such thing");
      },
    }),
  ]);
  await expect(browser.runtime.sendMessage({ type: "x" })).resolves.toEqual({
    ok: false,
    error: "no such thing",
  });
});

test("a table whose signal ended no longer listens", async () => {
  const end = new AbortController();
  const schema = z.object({ type: z.literal("y") });
  listen([row({ from: () => true, schema, handle: () => 1 })], end.signal);
  end.abort();
  await expect(browser.runtime.sendMessage({ type: "y" })).rejects.toThrow("listeners");
});
