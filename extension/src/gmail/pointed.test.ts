import { afterEach, expect, test, vi } from "vitest";

import { gmailPage } from "./fixture.ts";
import { watchPointer } from "./pointed.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const THREAD = "189af729deca2ec0";
const MESSAGE = "19d847db53731d21";

/** A page with a message, and a way to right-click it as the browser would. */
function pointedAt(isTrusted = true) {
  const doc = gmailPage(`<div role="main"><h2 data-legacy-thread-id="${THREAD}">x</h2>
    <div role="listitem"><p id="text" data-legacy-message-id="${MESSAGE}">hello</p></div></div>`);
  let now = 1000;
  let click: ((event: unknown) => void) | undefined;
  vi.spyOn(doc, "addEventListener").mockImplementation((_type, listener) => {
    if (typeof listener === "function")
      click = (event) => void Reflect.apply(listener, doc, [event]);
  });
  const pointer = watchPointer(doc, () => now, new AbortController().signal);
  click?.({ isTrusted, composedPath: () => [doc.getElementById("text")] });
  return {
    doc,
    after(ms: number) {
      now += ms;
      return pointer.read(now);
    },
  };
}

test("a real right click names its message and thread", () => {
  expect(pointedAt().after(10)).toEqual({ threadId: THREAD, messageId: MESSAGE });
});

test("a click that a script made names no message", () => {
  expect(pointedAt(false).after(10)).toEqual({ threadId: THREAD });
});

test("a click of a minute ago names no message", () => {
  expect(pointedAt().after(60_000)).toEqual({ threadId: THREAD });
});

test("a click in another thread names no message", () => {
  const page = pointedAt();
  page.doc.querySelector("h2")?.setAttribute("data-legacy-thread-id", "1111111111111111");
  expect(page.after(10)).toEqual({ threadId: "1111111111111111" });
});
