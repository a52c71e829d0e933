import { describe, expect, test } from "vitest";

import { readPointed, reveal, showPanel } from "./gmail-protocol.ts";

describe("what the content script takes", () => {
  test("a known way to show the panel", () => {
    expect(showPanel.safeParse({ type: "gmail.panel", show: "toggle" })).toEqual({
      success: true,
      data: { type: "gmail.panel", show: "toggle" },
    });
  });
  test.each([
    null,
    "gmail.panel",
    [],
    { type: "gmail.panel" },
    { type: "gmail.panel", show: "__proto__" },
    { type: "gmail.panel", show: 1 },
    { type: "gmail.other", show: "open" },
  ])("not %o", (message) => {
    expect(showPanel.safeParse(message).success).toBe(false);
  });
  test("a message id, and nothing that could be a selector", () => {
    expect(reveal.safeParse({ type: "gmail.reveal", messageId: "19d847db53731d21" }).success).toBe(
      true,
    );
    expect(reveal.safeParse({ type: "gmail.reveal", messageId: '"],*' }).success).toBe(false);
    expect(reveal.safeParse({ type: "gmail.reveal", messageId: 19 }).success).toBe(false);
  });
  test("more fields than asked for are dropped", () => {
    expect(readPointed.safeParse({ type: "gmail.pointed", token: "x" })).toEqual({
      success: true,
      data: { type: "gmail.pointed" },
    });
  });
});
