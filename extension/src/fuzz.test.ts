/** Laws on what another page says, and on how a line delivers. `FUZZ_RUNS` in the environment asks for more inputs than a test run takes. */
import { ConversationId } from "@vaultdesk/shared/id.ts";
import {
  anything,
  array,
  assert,
  asyncProperty,
  constantFrom,
  integer,
  nat,
  oneof,
  option,
  property,
  record,
  string,
  webUrl,
} from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { browser } from "wxt/browser";
import { z } from "zod";

import type { Wire } from "./api/call.ts";
import { conversationNews } from "./api/stream.ts";
import { giveFocus, readPointed, readView, reveal, showPanel } from "./messages/gmail-protocol.ts";
import { type Check, row } from "./messages/listen.ts";
import { messages } from "./messages/protocol.ts";
import {
  fromGmail,
  fromOffscreen,
  fromPanel,
  fromWorker,
  type Sender,
} from "./messages/senders.ts";

const numRuns = Number(process.env["FUZZ_RUNS"] ?? 100);
const timeout = Math.max(20_000, numRuns * 20);

afterEach(() => {
  vi.unstubAllGlobals();
});

const CLAIMS = { fromGmail, fromOffscreen, fromPanel, fromWorker };
const schemas: Check<unknown>[] = [
  ...Object.values(messages).map(({ request }) => request),
  readView,
  readPointed,
  giveFocus,
  showPanel,
  reveal,
];
const types = [
  ...Object.values(messages).map(({ request }) => request.shape.type.value),
  "gmail.view",
  "gmail.panel",
  "gmail.reveal",
];

const root = browser.runtime.getURL("/");
const stamp = record(
  {
    id: constantFrom(browser.runtime.id, "a".repeat(32), ""),
    url: oneof(
      webUrl(),
      constantFrom(
        "panel.html",
        "offscreen.html",
        "background.js",
        "panel.html/../x.html",
        "panel.htmlx",
      ).map((page) => `${root}${page}`),
      constantFrom(
        "https://mail.google.com/mail/u/0/",
        "https://mail.google.com.evil.example/",
        "https://mail.google.com@evil.example/",
        "data:text/html,x",
        "null",
        "",
      ),
    ),
    origin: string(),
    frameId: option(nat(3)),
    tab: option(record({ id: integer() }), { nil: undefined }),
  },
  { requiredKeys: [] },
).map((made) => z.custom<Sender>().parse(made));

const message = oneof(
  anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
  record(
    {
      type: constantFrom(...types),
      nonce: anything(),
      tabId: anything(),
      view: anything(),
      url: anything(),
      fresh: anything(),
      messageId: anything(),
      show: anything(),
      scopes: anything(),
    },
    { requiredKeys: ["type"] },
  ),
);

test(
  "a message of any shape from anybody is answered only when stamp and schema hold, and breaks nothing",
  { timeout },
  () => {
    const ours = new RegExp(
      `^${root}(?:panel\\.html|offscreen\\.html|background\\.js)(?:[?#]|$)|^https://mail\\.google\\.com(?::443)?/`,
    );
    assert(
      property(message, stamp, (said, sender) => {
        for (const from of Object.values(CLAIMS)) {
          for (const schema of schemas) {
            const handled = row({ from, schema, handle: (taken) => taken })(said, sender);
            const taken = schema.safeParse(said);
            expect(handled !== undefined).toBe(from(sender) && taken.success);
            expect(handled === undefined || sender.id === browser.runtime.id).toBe(true);
            expect(handled === undefined || sender.url === undefined || ours.test(sender.url)).toBe(
              true,
            );
          }
        }
      }),
      { numRuns },
    );
  },
);

function streamOf(pieces: readonly Uint8Array[]): ReadableStream {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

const conversationId = ConversationId.parse(`con_${"0".repeat(32)}`);
const NOISE = [
  ": still here\n\n",
  "\n",
  "retry: 5\n\n",
  "id: 99\n\n",
  "event: x\n\n",
  "nonsense\n",
  "\r\n\r\n",
];

test(
  "events come whole and in order, wherever the line is cut in pieces and whatever stands between",
  { timeout },
  async () => {
    const wait = setTimeout;
    vi.stubGlobal("setTimeout", (then: () => void, ms: number) => wait(then, ms > 20_000 ? ms : 0));
    const line = array(
      oneof(
        string({ unit: "grapheme", maxLength: 20 }),
        constantFrom("\r\n", "\u2028", "data: x\n\n", "\0", "\ud800"),
      ).map((text) => ({ text })),
      { minLength: 1, maxLength: 8 },
    );
    await assert(
      asyncProperty(
        line,
        array(constantFrom(...NOISE), { maxLength: 8 }),
        array(nat(40), { maxLength: 30 }),
        async (said, noise, cuts) => {
          const runId = `run_${"0".repeat(32)}`;
          const wire: string = said
            .map(({ text }, at) => {
              const event = {
                seq: at + 1,
                at: "2026-11-26T14:00:00.000Z",
                body: { type: "text.delta", runId, text },
              };
              return `${noise[at] ?? ""}id: ${at + 1}\ndata: ${JSON.stringify(event)}\n\n`;
            })
            .join("");
          const bytes = new TextEncoder().encode(wire);
          const pieces: Uint8Array[] = [];
          for (let from = 0, at = 0; from < bytes.length; at += 1) {
            const to = from + 1 + (cuts[at] ?? 200);
            pieces.push(bytes.slice(from, to));
            from = to;
          }
          vi.stubGlobal("fetch", () => Promise.resolve(new Response(streamOf(pieces))));
          const end = new AbortController();
          const session: Wire = {
            serverUrl: "http://127.0.0.1:1",
            token: () => Promise.resolve({ state: "signed_in", token: "t" }),
          };
          const got: unknown[] = [];
          for await (const news of conversationNews(session, {
            conversationId,
            after: 0,
            onAsked: () => undefined,
            signal: end.signal,
          })) {
            if (news.type === "event") got.push(news.event.seq, news.event.body);
            if (news.type === "line" && !news.up) end.abort();
          }
          expect(got).toEqual(
            said.flatMap(({ text }, at) => [at + 1, { type: "text.delta", runId, text }]),
          );
        },
      ),
      { numRuns },
    );
  },
);
