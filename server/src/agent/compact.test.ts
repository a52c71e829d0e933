import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import { expect, test } from "vitest";

import { compact } from "./compact.ts";
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
  const kept = compact(turns, { whole: 2, characters: 20_000 });
  expect(textOf(kept).length).toBeLessThan(21_000);
  const seen = seenIn(kept);
  for (const number of [1, 20, 40]) {
    expect(seen(idOf(number))).toBe(true);
    expect(seen(`p${number}@helio.example`)).toBe(true);
  }
  expect(seen(idOf(41))).toBe(false);
});

test("the newest turns are whole, older ones keep what was said and named, not what was read", () => {
  const kept = textOf(compact(turns.slice(0, 4), { whole: 1, characters: 100_000 }));
  expect(kept.match(/The price is 92m/g)).toHaveLength(200);
  for (const number of [1, 2, 3, 4]) expect(kept).toContain(`Answer ${number}`);
});

test.each([1, 5_000, 20_000, 1_000_000])(
  "with %i characters each call has its result, and questions and answers alternate",
  (characters) => {
    const kept = compact(turns, { whole: 2, characters });
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
  expect(compact(short, { whole: 1, characters: 10_000 })).toEqual(short.flat());
});
