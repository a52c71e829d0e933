import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import { expect, test } from "vitest";

import { bounded, compact, fitted } from "./compact.ts";
import { tokensIn, tokensOf } from "./tokens.ts";
import { seenIn } from "./tools/provenance.ts";

const idOf = (turn: number) => (0x18aa000000000000n + BigInt(turn)).toString(16);

function turnOf(number: number, text = "The price is 92m. ".repeat(200)): BaseMessage[] {
  const id = `call-${number}`;
  return [
    new HumanMessage(`Question ${number}`),
    new AIMessage({ content: "", tool_calls: [{ id, name: "read_email_thread", args: {} }] }),
    new ToolMessage({
      tool_call_id: id,
      name: "read_email_thread",
      content: JSON.stringify({ id: idOf(number), from: `p${number}@helio.example`, text }),
    }),
    new AIMessage(`Answer ${number}`),
  ];
}

const turns = Array.from({ length: 40 }, (_, index) => turnOf(index + 1));
const textOf = (messages: readonly BaseMessage[]) => messages.map(({ text }) => text).join("\n");

test("forty turns stay under the limit, and an id of the first may still be named", () => {
  const kept = compact(turns, { whole: 2, tokens: 6700 });
  expect(textOf(kept).length).toBeLessThan(21_000);
  const seen = seenIn(kept);
  for (const number of [1, 20, 40]) {
    expect(seen(idOf(number))).toBe(true);
    expect(seen(`p${number}@helio.example`)).toBe(true);
  }
  expect(seen(idOf(41))).toBe(false);
});

test("the newest turns are whole, older ones keep what was said and named, not what was read", () => {
  const kept = textOf(compact(turns.slice(0, 4), { whole: 1, tokens: 33_000 }));
  expect(kept.match(/The price is 92m/g)).toHaveLength(200);
  for (const number of [1, 2, 3, 4]) expect(kept).toContain(`Answer ${number}`);
});

test.each([1, 1700, 6700, 330_000])(
  "with %i tokens each call has its result, and questions and answers alternate",
  (tokens) => {
    const kept = compact(turns, { whole: 2, tokens });
    const calls = kept.flatMap((m) => (m instanceof AIMessage ? (m.tool_calls ?? []) : []));
    const results = kept.flatMap((m) => (m instanceof ToolMessage ? [m.tool_call_id] : []));
    expect(results).toEqual(calls.map(({ id }) => id));
    const said = kept.filter(
      (m) => m instanceof HumanMessage || (m instanceof AIMessage && m.text !== ""),
    );
    said.forEach((message, index) => {
      expect(message instanceof HumanMessage).toBe(index % 2 === 0);
    });
  },
);

test("a short conversation is as it was", () => {
  const short = [turnOf(1, "Hi"), turnOf(2, "Ho")];
  expect(compact(short, { whole: 1, tokens: 3300 })).toEqual(short.flat());
});

test("a run that outgrows the model's window loses its oldest results first, and keeps their ids", () => {
  const run = turns.slice(0, 6).flat();
  const kept = fitted(run, 4000) ?? [];
  expect(tokensIn(kept)).toBeLessThanOrEqual(4000);
  expect(kept).toHaveLength(run.length);
  expect(kept.at(-2)).toEqual(run.at(-2));
  expect(kept[2]?.text).toContain("read again if needed");
  for (const number of [1, 6]) expect(seenIn(kept)(idOf(number))).toBe(true);
});

test("what fits is as it was, and what can't fit is said not to", () => {
  const run = turns.slice(0, 2).flat();
  expect(fitted(run, 10_000)).toEqual(run);
  expect(fitted([new HumanMessage("x".repeat(9000))], 2000)).toBeUndefined();
});

test("a result beyond all measure becomes a word on what to do, with its ids", () => {
  const long = new ToolMessage({
    tool_call_id: "call-1",
    name: "read_email_thread",
    content: JSON.stringify({ id: idOf(7), from: "p7@helio.example", text: "x".repeat(90_000) }),
  });
  expect(bounded(long, 40_000)).toBe(long);
  const told = bounded(long, 8000);
  expect(told.text).toContain("ask for a smaller part");
  expect(seenIn([told])(idOf(7))).toBe(true);
});

test("tokens are guessed from bytes, so that letters of three bytes count as one each", () => {
  expect(tokensOf("escrow")).toBe(2);
  expect(tokensOf("第三者預託")).toBe(5);
});
