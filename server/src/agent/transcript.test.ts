import { ToolMessage } from "@langchain/core/messages";
import { expect, test } from "vitest";

import { fence } from "./prompt.ts";
import { keep, restore } from "./transcript.ts";

const style = {
  usual_greeting: "Hey {name},",
  samples: [{ to: "ana@helio.example", text: "the price is a secret }" }],
};

function kept(name: string, content: string): string {
  return restore(keep([new ToolMessage({ tool_call_id: "c1", name, content })]))[0]?.text ?? "";
}

test("of the user's own mail only what was counted is kept", () => {
  const text = kept("read_my_style", fence(JSON.stringify(style), "a1b2"));
  expect(text).toBe('{"usual_greeting":"Hey {name},"}');
});

test("a style result that can't be read is dropped, and other results are kept as they are", () => {
  expect(kept("read_my_style", "a secret {")).toBe("{}");
  const other = fence(JSON.stringify(style), "a1b2");
  expect(kept("search_gmail", other)).toBe(other);
});
