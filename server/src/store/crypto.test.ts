import { expect, test } from "vitest";

import { newKey, open, seal } from "./crypto.ts";

test("what was sealed opens at its own place with its own key", () => {
  const key = newKey();
  const sealed = seal(key, "escrow at 10 %", "events/con_1/4");
  expect(open(key, sealed, "events/con_1/4").toString()).toBe("escrow at 10 %");
  expect(Buffer.from(sealed).includes("escrow")).toBe(false);
});

test.each([
  ["another key", (_key: Uint8Array, sealed: Uint8Array) => open(newKey(), sealed, "a")],
  ["another place", (key: Uint8Array, sealed: Uint8Array) => open(key, sealed, "b")],
  [
    "a changed byte",
    (key: Uint8Array, sealed: Uint8Array) => {
      const bytes = Buffer.from(sealed);
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
      return open(key, bytes, "a");
    },
  ],
  ["a cut value", (key: Uint8Array, sealed: Uint8Array) => open(key, sealed.subarray(0, 20), "a")],
])("%s does not open it", (_, attempt) => {
  const key = newKey();
  expect(() => attempt(key, seal(key, "text", "a"))).toThrow(/sealed|authenticate|Unsupported/);
});
