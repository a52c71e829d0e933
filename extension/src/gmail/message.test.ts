import { afterEach, describe, expect, test, vi } from "vitest";

import { gmailPage } from "./fixture.ts";
import { messageOnPath, messageRows } from "./message.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const FORGED = '<p data-legacy-message-id="1111111111111111" id="ID">x</p>';
const forged = (id: string) => FORGED.replace("ID", id);

const page = () =>
  gmailPage(`<div role="main"><div role="list">
      <div role="listitem" id="folded"><b id="name">Maya</b></div>
      <div role="listitem" id="open"><div data-message-id="#msg-f:1862317453241163041"
        data-legacy-message-id="19d847db53731d21"><p id="text">hello</p>
          <div class="a3s">${forged("forged")}<ul role="list"><li role="listitem">${forged("nested")}</li></ul></div></div></div>
      <div role="listitem" id="decimal"><div data-message-id="#msg-f:1862317453241163041"><p id="old">x</p></div></div>
      <div role="listitem" id="unsynced"><div data-message-id="#msg-a:s:1"><p id="new">x</p>${forged("inside")}</div></div>
    </div></div>`);

function pathOf(doc: Document, id: string): Element[] {
  const path: Element[] = [];
  for (let at = doc.getElementById(id) as Element | null; at !== null; at = at.parentElement)
    path.push(at);
  return path;
}

describe("the message under the cursor", () => {
  test.each([
    ["text", "19d847db53731d21", false],
    ["open", "19d847db53731d21", false],
    ["forged", "19d847db53731d21", false],
    ["nested", "19d847db53731d21", false],
    ["old", "19d847db53731d21", false],
    ["name", undefined, true],
    ["new", undefined, false],
    ["inside", undefined, false],
  ])("%s", (id, message, folded) => {
    expect(messageOnPath(pathOf(page(), id))).toMatchObject({ id: message, folded });
  });
  test("none beside the messages", () => {
    expect(messageOnPath(pathOf(gmailPage('<p id="text">x</p>'), "text"))).toBeUndefined();
  });
});

test("the rows of a thread are Gmail's, not those of a list in a mail", () => {
  expect(messageRows(page()).map(({ element, id }) => [element.id, id])).toEqual([
    ["folded", undefined],
    ["open", "19d847db53731d21"],
    ["decimal", "19d847db53731d21"],
    ["unsynced", undefined],
  ]);
});
