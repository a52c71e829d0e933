import { afterEach, describe, expect, test, vi } from "vitest";

import { gmailPage } from "./fixture.ts";
import { decimalId, hexId, loggedThreadId } from "./ids.ts";
import { openThread } from "./thread.ts";

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
  test.each([
    ["20686; 1:WyIjdGhyZWFkLWY6MTc3MzAwMTE2MjUyNzIyMzQ4OCJd; 4:x", "189af729deca2ec0"],
    ["1:WyIjP3RocmVhZC1mOjE3NzMwMDExNjI1MjcyMjM0ODgiXQ..", "189af729deca2ec0"],
    ["1:WyIjbXNnLWY6MTg2MjMxNzQ1MzI0MTE2MzA0MSJd", undefined],
    ["20686; 1:%%%; 2:AAAA", undefined],
    [null, undefined],
  ])("the log %s names a thread", (jslog, id) => {
    expect(loggedThreadId(jslog)).toBe(id);
  });
});

const SECOND = '<h2 data-legacy-thread-id="1111111111111111">y</h2>';
const LOG = 'jslog="1:WyIjdGhyZWFkLWY6MTc3MzAwMTE2MjUyNzIyMzQ4OCJd"';
const ID = "189af729deca2ec0";

describe("the open thread", () => {
  test.each([
    ["a visible heading", main(HEADING), ID],
    ["a second, hidden heading before it", main(`<div hidden>${SECOND}</div>${HEADING}`), ID],
    ["two headings at once", main(`${SECOND}${HEADING}`), "unreadable"],
    ["the same heading twice", main(`${HEADING}${HEADING}`), ID],
    [
      "only the decimal form",
      main('<h2 data-thread-perm-id="thread-f:1773001162527223488">x</h2>'),
      ID,
    ],
    [
      "list rows that carry the attribute",
      main('<span data-legacy-thread-id="1111111111111111">row</span>'),
      "none",
    ],
    [
      "list rows beside the heading",
      main(`<span data-legacy-thread-id="1111111111111111">row</span>${HEADING}`),
      ID,
    ],
    [
      "a thread that is not yet synced",
      main('<h2 data-thread-perm-id="thread-a:r-5">x</h2>'),
      "unsynced",
    ],
    ["the word undefined", main('<h2 data-thread-perm-id="undefined">x</h2>'), "unreadable"],
    [
      "the word undefined, and a log",
      main(`<h2 data-thread-perm-id="undefined">x</h2><div role="list" ${LOG}></div>`),
      ID,
    ],
    ["neither heading nor log", main('<h2 class="hP">x</h2>'), "unreadable"],
    ["a message alone", main('<p data-message-id="#msg-a:1">x</p>'), "unreadable"],
    ["the pane beside a list", `${main("")}<div class="aia">${HEADING}</div>`, ID],
    ["a heading outside the main part", HEADING, "none"],
    [
      "a heading that a mail brought along",
      main(`<div role="listitem"><div class="a3s">${HEADING}</div></div>`),
      "none",
    ],
    ["an empty page", "", "none"],
  ])("%s", (_name, body, says) => {
    const found = openThread(gmailPage(body));
    expect(found.state === "found" ? found.id : found.state).toBe(says);
  });
});
