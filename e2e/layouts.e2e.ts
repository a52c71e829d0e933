/** The Gmail adapter on pages of every layout, one file each: what it reads is right, and what it can't read is said not to be found. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "@playwright/test";
import type { PageCheck } from "@vaultdesk/extension/src/gmail/check.ts";

import { launchChromium, openAdapter } from "./src/adapter.ts";

const FOLDER = join(import.meta.dirname, "layouts");
const THREAD = "18c2f6a4b1d3e507";
const MIDDLE = "18c2f7b019a2c4d6";
const LAST = "18c301ef5a7b9c80";

type Said = Omit<PageCheck, "reads">;

const usual: Said = {
  thread: "found",
  threadId: THREAD,
  messages: [LAST],
  folded: 1,
  account: "maya@northgate.example",
  delegated: false,
  base: "/mail/u/0/",
  dock: true,
  rail: "right",
  theme: "light",
};
type Change = { [K in keyof Said]?: Said[K] | undefined };
/** As usual, but for what is named here. A value of `undefined` is one that must not be found. */
const but = (change: Change) =>
  Object.fromEntries(
    Object.entries({ ...usual, ...change }).filter(([, said]) => said !== undefined),
  );
const none: Change = { thread: "none", threadId: undefined, messages: [], folded: 0 };
const bare: Change = { dock: false, rail: "none" };

const LAYOUTS: Readonly<Record<string, object>> = {
  thread: but({}),
  "decimal-ids": but({ folded: 0 }),
  "undefined-id": but({ folded: 0 }),
  "log-only": but({ folded: 0 }),
  "nothing-named": but({ thread: "unreadable", threadId: undefined, messages: [], folded: 2 }),
  folded: but({ messages: [MIDDLE, LAST], folded: 3 }),
  "all-folded": but({ messages: [], folded: 2 }),
  "hidden-headings": but({}),
  "two-threads": but({
    thread: "unreadable",
    threadId: undefined,
    messages: [LAST, "17aa0b3c5d7e9f10"],
  }),
  list: but(none),
  "search-results": but(none),
  unsynced: but({ thread: "unsynced", threadId: undefined, messages: [], folded: 0 }),
  "unsynced-message": but({ messages: [MIDDLE], folded: 0 }),
  "reading-pane": but({}),
  "reading-pane-empty": but(none),
  "pop-out": but(bare),
  "right-to-left": but({ rail: "left" }),
  dark: but({ theme: "dark" }),
  hostile: but({ folded: 0 }),
  "no-dock": but({ dock: false }),
  "block-dock": but({ dock: false }),
  "rail-left": but({ rail: "left" }),
  "no-rail": but({ rail: "none" }),
  delegated: but({ account: undefined, delegated: true, base: "/mail/u/0/d/AEoRXRTq7b-x_2/" }),
  "second-account": but({ account: "maya.field@private.example", base: "/mail/u/1/" }),
  late: but({ ...none, ...bare, account: undefined }),
  "inbox-like": but({ ...none, ...bare, account: undefined }),
};

test("each layout is read right, or said not to be found", async () => {
  const files = readdirSync(FOLDER).map((file) => file.replace(/\.html$/, ""));
  expect(Object.keys(LAYOUTS).toSorted()).toEqual(files.toSorted());
  const browser = await launchChromium();
  try {
    const adapter = await openAdapter(browser);
    for (const [name, said] of Object.entries(LAYOUTS)) {
      const { reads: _reads, ...read } = await adapter.check(join(FOLDER, `${name}.html`));
      expect.soft(read, name).toEqual(said);
    }
  } finally {
    await browser.close();
  }
});
