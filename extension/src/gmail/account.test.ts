import { afterEach, describe, expect, test, vi } from "vitest";

import { isDelegated, mailBase, ownAddress } from "./account.ts";
import { gmailPage } from "./fixture.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const LINK = (label: string) =>
  `<a href="https://accounts.google.com/SignOutOptions?hl=de" aria-label="${label}">M</a>`;

describe("whose mailbox the tab shows", () => {
  test.each([
    [
      "the header link",
      LINK("Google Account: Maya (Maya@Northgate.example)"),
      "Inbox",
      "maya@northgate.example",
    ],
    [
      "another language",
      LINK("Google-Konto: Maya (maya@northgate.example)"),
      "Posteingang",
      "maya@northgate.example",
    ],
    [
      "a language that runs from right to left",
      LINK("\u202Bחשבון: Maya \u200E(maya@northgate.example\u200E)\u202C"),
      "x",
      "maya@northgate.example",
    ],
    [
      "a name that is an address",
      LINK("Google Account: eve@evil.example (maya@northgate.example)"),
      "x",
      "maya@northgate.example",
    ],
    [
      "a title whose subject names an address",
      "",
      "hi - boss@corp.example - Gmail - maya@northgate.example - Northgate Mail",
      "maya@northgate.example",
    ],
    [
      "the link beats the title",
      LINK("x (maya@northgate.example)"),
      "a - eve@evil.example - b",
      "maya@northgate.example",
    ],
    ["nothing", "", "Inbox (3)", undefined],
    [
      "a link elsewhere",
      '<a href="https://evil.example/" aria-label="eve@evil.example">x</a>',
      "Inbox",
      undefined,
    ],
  ])("%s", (_name, body, title, address) => {
    const found = ownAddress(gmailPage(body, title), false);
    expect(found.found ? found.value : undefined).toBe(address);
  });
});

test.each([
  ["says so in link and title", LINK("x (boss@n.example)"), "Re: y - boss@n.example - Gmail", true],
  ["names two people", LINK("x (maya@n.example)"), "Re: y - boss@n.example - Gmail", false],
  ["has no title", LINK("x (maya@n.example)"), "Gmail", false],
])("a delegated mailbox that %s", (_name, body, title, found) => {
  expect(ownAddress(gmailPage(body, title), true).found).toBe(found);
});

test.each([
  ["/mail/u/0/", "/mail/u/0/"],
  ["/mail/u/0/d/AEoRXRTa-b_9/", "/mail/u/0/d/AEoRXRTa-b_9/"],
  ["/mail/u/0/popout", "/mail/u/0/"],
  ["/mail/u/12/x", "/mail/u/12/"],
  ["/mail/", "/mail/u/0/"],
  ["/mail/u/../../evil/", "/mail/u/0/"],
])("links of %s start at %s", (path, base) => {
  expect(mailBase(path)).toBe(base);
  expect(isDelegated(path)).toBe(path.includes("/d/"));
});
