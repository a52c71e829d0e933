import { describe, expect, test } from "vitest";

import { peopleOf, permanentId, personOf, tokenOf } from "./address.ts";
import type { Part } from "./part.ts";
import { fakeMailbox, FIRST, LAST, MAYA, message, OTHER_THREAD, THREAD } from "./testing.ts";
import { viewAt } from "./view.ts";

function flat(parts: readonly Part[]): Part[] {
  return parts.flatMap((part) => [part, ...flat(part.parts ?? [])]);
}

function show(hash: string, opened: string[] = [], mailbox = fakeMailbox()) {
  const view = viewAt(mailbox.view, hash, new Set(opened), Date.UTC(2026, 10, 24));
  const all = flat(view.main);
  const having = (attr: string) => all.filter((part) => part.attrs?.[attr] !== undefined);
  const called = (name: string) =>
    all.filter((part) => part.attrs?.["class"]?.split(" ").includes(name));
  return { view, all, having, called };
}

describe("a folder", () => {
  test("names each thread on a span inside its row, newest first", () => {
    const { called, having, view } = show("#inbox");
    expect(called("zA").map((row) => row.go)).toEqual([
      `#inbox/${tokenOf(THREAD)}`,
      `#inbox/${tokenOf(OTHER_THREAD)}`,
    ]);
    const named = having("data-legacy-thread-id").filter((part) => part.tag === "span");
    expect(named).toHaveLength(2);
    expect(view.title).toBe(`Inbox (1) - ${MAYA} - Gmail`);
  });
  test("of drafts has a row for each draft", () => {
    const mailbox = fakeMailbox([message({ id: "1a00000000000001", labels: ["DRAFT"] })]);
    const { called, view } = show("#drafts", [], mailbox);
    expect(called("zA").map((row) => row.go)).toEqual([`#drafts/${tokenOf(THREAD)}`]);
    expect(view.counts.drafts).toBe(1);
  });
  test("that is unknown is the inbox", () => {
    expect(show("#settings/general").view.folder).toBe("inbox");
  });
});

describe("a thread", () => {
  test("has its last message open and ids on that one only", () => {
    const { having, called } = show(`#inbox/${THREAD}`);
    expect(having("data-legacy-message-id").map((part) => part.attrs)).toEqual([
      expect.objectContaining({
        class: "adn ads",
        "data-legacy-message-id": LAST,
        "data-message-id": "#msg-f:1862317453241163041",
      }),
    ]);
    expect(called("adf")).toHaveLength(2);
    expect(having("role").filter((part) => part.attrs?.["role"] === "listitem")).toHaveLength(3);
  });
  test("shows the messages that were opened", () => {
    const { having, view } = show(`#inbox/${THREAD}`, [FIRST]);
    expect(having("data-legacy-message-id")).toHaveLength(2);
    expect(view.opened).toEqual([FIRST, LAST]);
  });
  test("has its heading once, and a hidden one of another thread", () => {
    const { all, view } = show(`#all/${THREAD}`);
    const headings = all.filter((part) => part.tag === "h2").map((part) => part.attrs);
    expect(headings).toMatchObject([
      { "data-legacy-thread-id": OTHER_THREAD },
      {
        "data-legacy-thread-id": THREAD,
        "data-thread-perm-id": "thread-f:1773001162527223488",
      },
    ]);
    expect(view.main[0]?.attrs).toHaveProperty("hidden");
  });
  test("opens by the id of a message in it", () => {
    expect(show(`#all/${LAST}`).view.title).toBe(`Data room: two open points - ${MAYA} - Gmail`);
  });
  test("has its drafts at the end, without ids", () => {
    const mailbox = fakeMailbox([
      message({ id: "1a00000000000001", labels: ["DRAFT"], text: "Dear Ana" }),
    ]);
    const { called, having } = show(`#inbox/${THREAD}`, [], mailbox);
    expect(called("draft").map((part) => part.attrs?.["aria-label"])).toEqual(["Draft"]);
    expect(having("data-legacy-message-id")).toHaveLength(1);
  });
  test.each([`#inbox/${tokenOf(THREAD)}`, `#search/accounts/${THREAD}`])(
    "opens at %s, which need not hold the id",
    (hash) => {
      expect(show(hash).view.title).toBe(`Data room: two open points - ${MAYA} - Gmail`);
    },
  );
  test("that is not there says so", () => {
    expect(show("#all/1111111111111111").called("empty")).toHaveLength(1);
  });
});

test.each([
  ["accounts", [THREAD]],
  ["from:priya", [OTHER_THREAD]],
  ["filename:pdf", [THREAD]],
  ["zeppelin", []],
  ["%E0%A4%A", []],
])("a search for %s finds what Gmail would", (words, found) => {
  const { having, view } = show(`#search/${words}`);
  const named = having("data-legacy-thread-id").filter((part) => part.tag === "span");
  expect(named.map((part) => part.attrs?.["data-legacy-thread-id"])).toEqual(found);
  expect(view.title).toBe(`Search results - ${MAYA} - Gmail`);
});

test("a link to a draft opens it in the compose strip", () => {
  const draft = message({ id: "1a00000000000001", labels: ["DRAFT"], text: "Dear Ana," });
  const { view } = show("#drafts?compose=1a00000000000001", [], fakeMailbox([draft]));
  expect(view.folder).toBe("drafts");
  expect(flat(view.strip).map((part) => part.text)).toContain("Dear Ana,");
  expect(show("#inbox?compose=1a00000000000009").view.strip).toEqual([]);
});

test.each([
  ["Ana Ruiz <ana@x.example>", { name: "Ana Ruiz", email: "ana@x.example" }],
  ["ana@x.example", { name: "ana", email: "ana@x.example" }],
  ['"Ruiz, Ana" <Ana@X.example>', { name: "Ruiz, Ana", email: "ana@x.example" }],
])("%s is a person", (header, person) => {
  expect(personOf(header)).toEqual(person);
});

test("a comma inside quotes parts nobody", () => {
  expect(
    peopleOf('"Cole, Jon" <jon@x.example>, Ana <ana@x.example>,').map(({ email }) => email),
  ).toEqual(["jon@x.example", "ana@x.example"]);
});

test("an id that Gmail would not give is one that is not yet synced", () => {
  expect(permanentId("msg", "draft-1")).toBe("msg-a:rdraft-1");
});
