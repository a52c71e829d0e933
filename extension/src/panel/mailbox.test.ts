import { expect, test } from "vitest";

import { GmailView } from "../messages/protocol.ts";
import { isOtherMailbox } from "./mailbox.ts";

const CONNECTED = "Maya@Northgate.example";
const view = (change: object) =>
  GmailView.parse({
    thread: "found",
    account: "maya@northgate.example",
    delegated: false,
    base: "/mail/u/0/",
    theme: "light",
    ...change,
  });

test.each([
  ["the connected one", view({}), false],
  ["another", view({ account: "eve@evil.example" }), true],
  ["one that is not yet known", view({ account: undefined }), false],
  [
    "a shared one that is the connected one",
    view({ delegated: true, base: "/mail/u/0/d/AE/" }),
    false,
  ],
  ["a shared one of somebody else", view({ delegated: true, account: "boss@n.example" }), true],
  ["a shared one that does not say", view({ delegated: true, account: undefined }), true],
  ["none: not Gmail", undefined, false],
])("a tab of %s", (_name, seen, other) => {
  expect(isOtherMailbox(seen, CONNECTED)).toBe(other);
});
