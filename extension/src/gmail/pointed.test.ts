import { afterEach, expect, test, vi } from "vitest";

import { gmailPage } from "./fixture.ts";
import { watchPointer } from "./pointed.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const THREAD = "189af729deca2ec0";
const MESSAGE = "19d847db53731d21";
const HEADING = `<h2 data-legacy-thread-id="${THREAD}">x</h2>`;
const NAMED = `data-legacy-message-id="${MESSAGE}"`;
const row = (inside: string) =>
  `<div role="main">${HEADING}<div role="list"><div role="listitem">${inside}</div></div></div>`;
const OPEN = row(`<p id="text" ${NAMED}>hello</p>`);

/** A page, and a way to right-click `#text` in it as the browser would. */
function pointedAt(html = OPEN, isTrusted = true) {
  const doc = gmailPage(html);
  let now = 1000;
  let click: ((event: unknown) => void) | undefined;
  vi.spyOn(doc, "addEventListener").mockImplementation((_type, listener) => {
    if (typeof listener === "function")
      click = (event) => void Reflect.apply(listener, doc, [event]);
  });
  const pointer = watchPointer(doc, () => now, new AbortController().signal);
  const path: Element[] = [];
  for (let at = doc.getElementById("text") as Element | null; at !== null; at = at.parentElement)
    path.push(at);
  click?.({ isTrusted, composedPath: () => path });
  return {
    doc,
    after(ms: number) {
      now += ms;
      return pointer.read(now);
    },
  };
}

test("a real right click names its message and thread", async () => {
  await expect(pointedAt().after(10)).resolves.toEqual({ threadId: THREAD, messageId: MESSAGE });
});

test("a click that a script made names no message", async () => {
  await expect(pointedAt(OPEN, false).after(10)).resolves.toEqual({ threadId: THREAD });
});

test("a click of a minute ago names no message", async () => {
  await expect(pointedAt().after(60_000)).resolves.toEqual({ threadId: THREAD });
});

test("a click in another thread names no message", async () => {
  const page = pointedAt();
  page.doc.querySelector("h2")?.setAttribute("data-legacy-thread-id", "1111111111111111");
  await expect(page.after(10)).resolves.toEqual({ threadId: "1111111111111111" });
});

test("a message still counts where its thread can't be read", async () => {
  const page = pointedAt(OPEN.replace(HEADING, '<h2 class="hP">x</h2>'));
  await expect(page.after(10)).resolves.toEqual({ messageId: MESSAGE });
});

test.each([
  [
    "a message that is not yet synced",
    row('<p id="text" data-message-id="#msg-a:1">x</p>'),
    "unsynced",
  ],
  ["a list", '<div role="main"><p id="text">x</p></div>', "nothing"],
  ["a thread that can't be read", '<div role="main"><h2 class="hP">x</h2></div>', "unreadable"],
])("%s is said not to be named", async (_name, html, unnamed) => {
  await expect(pointedAt(html).after(10)).resolves.toMatchObject({ unnamed });
});
