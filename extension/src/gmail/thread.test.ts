import { afterEach, describe, expect, test, vi } from "vitest";

import { gmailPage } from "./fixture.ts";
import { decimalId, hexId } from "./ids.ts";
import { messageOnPath, openThread } from "./thread.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const HEADING =
  '<h2 data-legacy-thread-id="189af729deca2ec0" data-thread-perm-id="undefined">x</h2>';
const main = (inside: string) => `<div role="main">${inside}</div>`;

describe("ids", () => {
  test.each([
    ["thread-f:1773001162527223488", "thread", "189af729deca2ec0"],
    ["#msg-f:1862317453241163041", "msg", "19d847db53731d21"],
    ["thread-a:r-123", "thread", undefined],
    ["msg-a:s:123", "msg", undefined],
    ["undefined", "thread", undefined],
    ["thread-f:1773001162527223488", "msg", undefined],
    ["thread-f:99999999999999999999999999", "thread", undefined],
  ] as const)("%s as %s", (value, kind, id) => {
    expect(decimalId(value, kind)).toBe(id);
  });
  test("hex ids have Gmail's length and no capitals", () => {
    expect(hexId("189af729deca2ec0")).toBe("189af729deca2ec0");
    expect(hexId("189AF729DECA2EC0")).toBeUndefined();
    expect(hexId("undefined")).toBeUndefined();
    expect(hexId(null)).toBeUndefined();
  });
});

describe("the open thread", () => {
  test.each([
    ["a visible heading", main(HEADING), "189af729deca2ec0"],
    [
      "a second, hidden heading before it",
      main(`<div hidden><h2 data-legacy-thread-id="1111111111111111">y</h2></div>${HEADING}`),
      "189af729deca2ec0",
    ],
    [
      "only the decimal form",
      main('<h2 data-thread-perm-id="thread-f:1773001162527223488">x</h2>'),
      "189af729deca2ec0",
    ],
    [
      "list rows that carry the attribute",
      main('<span data-legacy-thread-id="1111111111111111">row</span>'),
      undefined,
    ],
    [
      "list rows beside the heading",
      main(`<span data-legacy-thread-id="1111111111111111">row</span>${HEADING}`),
      "189af729deca2ec0",
    ],
    [
      "a thread that is not yet synced",
      main('<h2 data-thread-perm-id="thread-a:r-5">x</h2>'),
      undefined,
    ],
    ["the word undefined", main('<h2 data-thread-perm-id="undefined">x</h2>'), undefined],
    ["a heading outside the main part", HEADING, undefined],
    [
      "a heading that a mail brought along",
      main(`<div role="listitem"><div class="a3s">${HEADING}</div></div>`),
      undefined,
    ],
    ["an empty page", "", undefined],
  ])("%s", (_name, body, id) => {
    const found = openThread(gmailPage(body));
    expect(found.found ? found.value : undefined).toBe(id);
  });
});

const page = () =>
  gmailPage(
    main(`${HEADING}<div role="list">
      <div role="listitem" id="collapsed"><b>Maya</b></div>
      <div role="listitem" id="open"><div data-message-id="#msg-f:1862317453241163041"
        data-legacy-message-id="19d847db53731d21"><p id="text">hello</p>
          <div class="a3s"><p data-legacy-message-id="1111111111111111" id="forged">x</p></div></div></div>
      <div role="listitem" id="unsynced"><div data-message-id="#msg-a:s:1"><p id="new">x</p></div></div>
    </div>`),
  );
function pathOf(doc: Document, id: string): Element[] {
  const path: Element[] = [];
  for (let at = doc.getElementById(id) as Element | null; at !== null; at = at.parentElement)
    path.push(at);
  return path;
}

describe("the message under the cursor", () => {
  test.each([
    ["text", "19d847db53731d21", true],
    ["open", "19d847db53731d21", true],
    ["forged", "19d847db53731d21", true],
    ["collapsed", undefined, true],
    ["new", undefined, true],
  ])("%s", (id, message, row) => {
    const hit = messageOnPath(pathOf(page(), id));
    expect(hit.message.found ? hit.message.value : undefined).toBe(message);
    expect(hit.row).toBe(row);
  });
});
