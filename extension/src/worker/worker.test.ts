import { beforeEach, describe, expect, test } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { z } from "zod";

import { PendingReply } from "../messages/protocol.ts";
import type { Sender } from "../messages/senders.ts";
import { admit, forgetFrame, registerFrame } from "./frames.ts";
import { addPending, takePending } from "./pending.ts";

beforeEach(() => {
  fakeBrowser.reset();
});

const stamp = (over: Record<string, unknown>) => z.custom<Sender>().parse(over);
const NONCE = "335a33fc-2e5d-4da2-9386-a4cba6fe981e";

describe("which frames may run", () => {
  const frame = stamp({ tab: { id: 7 }, frameId: 4 });
  test("the one that the content script of its tab made", async () => {
    await registerFrame(7, NONCE);
    await expect(admit(frame, NONCE)).resolves.toEqual({ admitted: true, tabId: 7 });
  });
  test("not one that a page made", async () => {
    await registerFrame(7, NONCE);
    await expect(admit(frame, "")).resolves.toMatchObject({ admitted: false });
    await expect(admit(frame, NONCE.replace("3", "4"))).resolves.toMatchObject({ admitted: false });
  });
  test("not with the nonce of another tab", async () => {
    await registerFrame(8, NONCE);
    await expect(admit(frame, NONCE)).resolves.toMatchObject({ admitted: false });
  });
  test("not after its tab was closed", async () => {
    await registerFrame(7, NONCE);
    await forgetFrame(7);
    await expect(admit(frame, NONCE)).resolves.toMatchObject({ admitted: false });
  });
  test("a tab of its own and the side panel need none", async () => {
    await expect(admit(stamp({ tab: { id: 7 }, frameId: 0 }), "")).resolves.toEqual({
      admitted: true,
    });
    await expect(admit(stamp({}), "")).resolves.toEqual({ admitted: true });
  });
});

describe("the right-click reply that waits", () => {
  const pending = PendingReply.parse({
    threadId: "189af729deca2ec0",
    messageId: "19d847db53731d21",
    at: 1_000_000,
  });
  test("is handed over once, to its tab", async () => {
    await addPending(7, pending);
    await expect(takePending(8, 1_000_001)).resolves.toBeUndefined();
    await expect(takePending(7, 1_000_001)).resolves.toEqual(pending);
    await expect(takePending(7, 1_000_001)).resolves.toBeUndefined();
  });
  test("two panels that ask at once get it once", async () => {
    await addPending(7, pending);
    const both = await Promise.all([takePending(7, 1_000_001), takePending(7, 1_000_001)]);
    expect(both.filter((given) => given !== undefined)).toHaveLength(1);
  });
  test("is dropped after ten minutes", async () => {
    await addPending(7, pending);
    await expect(takePending(7, 1_000_000 + 10 * 60_000)).resolves.toBeUndefined();
  });
});
