import { ConversationId } from "@vaultdesk/shared/id.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { afterEach, describe, expect, test, vi } from "vitest";

import type { Wire } from "./call.ts";
import { conversationNews, type StreamNews } from "./stream.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const conversationId = ConversationId.parse(`con_${"0".repeat(32)}`);
const runId = `run_${"0".repeat(32)}`;

const event = (seq: number, body: unknown = { type: "text.delta", runId, text: `${seq}` }) =>
  `id: ${seq}\ndata: ${JSON.stringify({ seq, at: "2026-11-23T14:00:00.000Z", body })}\n\n`;
const stream = (...parts: string[]) => new Response(parts.join(""), { status: 200 });

/** News until `count` of them, each connection answered from the list. */
async function news(answers: (Response | Error)[], count: number, after = 0) {
  const held: (string | null)[] = [];
  const fresh: boolean[] = [];
  const waits: number[] = [];
  // Back-off without the waiting; the silence watch keeps its time.
  const wait = setTimeout;
  vi.stubGlobal("setTimeout", (then: () => void, ms: number) => {
    if (ms <= 20_000) waits.push(ms);
    return wait(then, ms > 20_000 ? ms : 0);
  });
  vi.stubGlobal("fetch", async (_url: URL, init: { headers: Record<string, string> }) => {
    held.push(init.headers["last-event-id"] ?? null);
    const next = answers.shift();
    if (next instanceof Response) return next;
    throw next ?? new TypeError("Failed to fetch");
  });
  const wire: Wire = {
    serverUrl: "http://127.0.0.1:1",
    async token(wanted) {
      fresh.push(wanted);
      return { state: "signed_in", token: "t" };
    },
  };
  const end = new AbortController();
  const got: StreamNews[] = [];
  const onAsked = vi.fn<() => void>();
  const options = { conversationId, after, onAsked, signal: end.signal };
  for await (const one of conversationNews(wire, options)) {
    got.push(one);
    if (got.length === count) end.abort();
  }
  return { got, held, fresh, waits, asked: onAsked.mock.calls.length };
}

const seqs = (got: readonly StreamNews[]) =>
  got.flatMap((one) => (one.type === "event" ? [one.event.seq] : []));

describe("a conversation's events", () => {
  test("come in order, and go on after the last one when the line was cut", async () => {
    const { got, held } = await news(
      [stream(event(1), event(2)), new TypeError("cut"), stream(event(3))],
      6,
    );
    expect(seqs(got)).toEqual([1, 2, 3]);
    expect(held).toEqual([null, "2", "2"]);
  });
  test("start after what is already held, and repeats are dropped", async () => {
    const { got, held } = await news([stream(event(4), event(5), event(6))], 3, 4);
    expect(seqs(got)).toEqual([5, 6]);
    expect(held).toEqual(["4"]);
  });
  test("a missing event is asked for again", async () => {
    const { got, held } = await news([stream(event(1), event(3)), stream(event(2), event(3))], 6);
    expect(seqs(got)).toEqual([1, 2, 3]);
    expect(held).toEqual([null, "1"]);
  });
  test("one that this panel can't read is counted and skipped", async () => {
    const { got } = await news([stream(event(1), event(2, { type: "later" }), event(3))], 4);
    expect(got.slice(1)).toMatchObject([
      { type: "event" },
      { type: "skipped", seq: 2 },
      { type: "event" },
    ]);
  });
  test("a 401 is answered with a fresh token, a second one ends it", async () => {
    const refused = Response.json({ problem: problem("signed_out") }, { status: 401 });
    const { got, fresh } = await news([refused.clone(), refused], 9);
    expect(fresh).toEqual([false, true]);
    expect(got).toEqual([{ type: "refused", failure: { reason: "signed_out" } }]);
  });
  test("a line too many comes back when the server said, not before", async () => {
    const full = Response.json(
      { problem: problem("too_many") },
      { status: 429, headers: { "retry-after": "5" } },
    );
    const { got, waits } = await news([full, stream(event(1))], 3);
    expect(seqs(got)).toEqual([1]);
    expect(waits[0]).toBe(5000);
  });
  test("that something is asked of the person is told between them, and whenever the line comes up", async () => {
    const hint = ": asked\n\n";
    const { got, asked } = await news([stream(event(1), hint, ": still here\n\n", event(2))], 3);
    expect(seqs(got)).toEqual([1, 2]);
    expect(asked).toBe(2);
  });
  test("a server that leaves says when to come back", async () => {
    const { got, waits } = await news([stream(event(1), "retry: 320\n\n"), stream(event(2))], 5);
    expect(seqs(got)).toEqual([1, 2]);
    expect(waits[0]).toBe(320);
  });
  test("another user's conversation ends it, in the server's words", async () => {
    const gone = Response.json({ problem: problem("not_found") }, { status: 404 });
    const { got } = await news([gone], 9);
    expect(got).toEqual([
      { type: "refused", failure: { reason: "refused", problem: problem("not_found") } },
    ]);
  });
});
