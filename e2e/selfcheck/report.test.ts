import type { PageCheck, Read } from "@vaultdesk/extension/src/gmail/check.ts";
import { describe, expect, test } from "vitest";

import { reportOf } from "./report.ts";

const tried = [{ css: "h2[data-legacy-thread-id]", seen: "2026-08-01", hits: 0 }];
const read = (name: Read["name"], found = true): Read => ({
  name,
  found,
  says: found ? "x" : "none",
  by: found ? "css" : "",
  tried,
});

/** A page on which all is found but what is named. */
function page(thread: PageCheck["thread"], ...missing: Read["name"][]): PageCheck {
  const names = ["thread", "messages", "account", "dock", "rail"] as const;
  const reads = names.map((name) => read(name, !missing.includes(name)));
  const more = { messages: [], folded: 0, delegated: false, base: "/mail/u/0/" };
  return { thread, ...more, dock: true, rail: "right", theme: "light", reads };
}

const TOKEN = "#inbox/FMfcgzQbfVKxRzQmWnBdLpTtHsJc";

describe("a page passes", () => {
  test.each([
    ["with everything", page("found"), TOKEN, true],
    ["over the page, without a rail", page("found", "dock", "rail"), TOKEN, true],
    ["as a list", page("none", "thread", "messages"), "#inbox", true],
    ["while it is not yet synced", page("unsynced", "thread", "messages"), "", true],
    ["not without its thread", page("unreadable", "thread"), "", false],
    ["not without messages", page("found", "messages"), TOKEN, false],
    ["not without its account", page("found", "account"), TOKEN, false],
    ["not as a list at a thread's address", page("none", "thread", "messages"), TOKEN, false],
  ])("%s", (_name, checked, hash, ok) => {
    expect(reportOf("page.html", checked, hash).ok).toBe(ok);
  });
});

test("what is missing stands there with each selector that was tried", () => {
  const { lines } = reportOf("page.html", page("unreadable", "thread"), "");
  const text = lines.join("\n");
  expect(text).toMatch(/thread +MISSING/);
  expect(text).toContain("0 of h2[data-legacy-thread-id]  (last seen 2026-08-01)");
  expect(text).toMatch(/account +found +x {2}by css/);
});
