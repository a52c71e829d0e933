import { ApprovalView } from "@vaultdesk/shared/approval.ts";
import { DraftView } from "@vaultdesk/shared/draft.ts";
import { describe, expect, test } from "vitest";

import type { Item } from "./item.ts";
import { againOf, fateOf, freeDrafts, isLastAbout, togetherWith } from "./questions.ts";

const hex = "0123456789abcdef0123456789abcde";
const sent = { state: "sent", messageId: "19d847db53731d30", threadId: "189af729deca2ec0" };

function draft(draftId: string, change: object = {}): DraftView {
  const content = {
    from: "maya@northgate.example",
    to: ["ana@helio.example"],
    cc: [],
    bcc: [],
    subject: `About ${draftId}`,
    text: "Hi,",
    attachments: [],
    ...change,
  };
  return DraftView.parse({ draftId, messageId: "19d847db53731d30", content });
}

const one = draft("r-1");
const two = draft("r-2");
const three = draft("r-3");

const card = (view: DraftView): Item => ({
  kind: "draft",
  key: `draft:${view.draftId}`,
  runId: undefined,
  draft: view,
});

function request(
  last: number,
  state: string,
  drafts: readonly DraftView[],
  outcomes: readonly object[] = [],
): ApprovalView {
  return ApprovalView.parse({
    id: `apr_${hex}${last}`,
    conversationId: `con_${hex}0`,
    state,
    code: "7F3K-Q0ZD",
    digest: "a".repeat(64),
    items: drafts.map(({ draftId, content }, index) => ({
      draftId,
      content,
      outcome: outcomes[index],
    })),
    requestedAt: "2026-11-23T14:00:00.000Z",
    expiresAt: "2026-11-23T14:05:00.000Z",
  });
}

const asked = (approval: ApprovalView): Item => ({
  kind: "approval",
  key: `approval:${approval.id}`,
  approval,
});

describe("the fate of a draft", () => {
  test.each([
    ["free", []],
    ["asked", [request(1, "proposed", [one])]],
    ["asked", [request(1, "waiting", [one, two])]],
    ["going", [request(1, "executing", [one])]],
    ["going", [request(1, "unknown", [one])]],
    ["sent", [request(1, "executed", [one], [sent])]],
    ["free", [request(1, "denied", [one])]],
    ["asked", [request(1, "cancelled", [one]), request(2, "waiting", [one])]],
  ] as const)("%s", (fate, requests) => {
    expect(fateOf([card(one), ...requests.map(asked)], one.draftId)).toBe(fate);
  });

  test("in a bundle that stopped, each draft has its own", () => {
    const stopped = request(1, "failed", [one, two, three], [sent, { state: "failed", why: "No" }]);
    const items = [card(one), card(two), card(three), asked(stopped)];
    expect([one, two, three].map((view) => fateOf(items, view.draftId))).toEqual([
      "sent",
      "free",
      "free",
    ]);
  });

  test("a draft knows with how many others it is asked for", () => {
    const items = [card(one), card(two), asked(request(1, "waiting", [one, two]))];
    expect(togetherWith(items, one.draftId)).toBe(2);
    expect(togetherWith([card(one)], one.draftId)).toBe(0);
  });
});

describe("drafts for one request", () => {
  test("stand in the order of their cards, without those asked for or sent", () => {
    const items = [card(three), card(one), card(two), asked(request(1, "waiting", [one]))];
    expect(freeDrafts(items)).toEqual([three, two]);
  });
  test("one without recipients is left out", () => {
    expect(freeDrafts([card(one), card(draft("r-4", { to: [] }))])).toEqual([one]);
    expect(freeDrafts([card(draft("r-4", { to: [], bcc: ["b@x.example"] }))])).toHaveLength(1);
  });
});

describe("what the phone denied", () => {
  const items = [card(one), card(two), card(three)];
  test("alone is left out until it is changed", () => {
    const denied = asked(request(1, "denied", [one]));
    expect(freeDrafts([...items, denied])).toEqual([two, three]);
    const edited = draft("r-1", { text: "Another" });
    expect(freeDrafts([card(edited), card(two), denied])).toEqual([edited, two]);
  });
  test("together is not offered together again", () => {
    expect(freeDrafts([...items, asked(request(1, "denied", [one, two, three]))])).toEqual([]);
    expect(freeDrafts([...items, asked(request(1, "denied", [one, two]))])).toHaveLength(3);
  });
});

describe("asking again", () => {
  test("only the newest request about a draft is current", () => {
    const first = request(1, "expired", [one]);
    const second = request(2, "waiting", [one]);
    const items = [card(one), asked(first), asked(second)];
    expect(isLastAbout(items, first)).toBe(false);
    expect(isLastAbout(items, second)).toBe(true);
    expect(againOf(items, first)).toEqual([]);
  });
  test("asks for the mails that were not sent", () => {
    const stopped = request(1, "failed", [one, two, three], [sent, { state: "failed", why: "No" }]);
    expect(againOf([card(one), card(two), card(three), asked(stopped)], stopped)).toEqual([
      two,
      three,
    ]);
  });
  test("not for a text that this request did not show", () => {
    const withdrawn = request(1, "cancelled", [one, two]);
    expect(againOf([card(one), card(two), asked(withdrawn)], withdrawn)).toEqual([one, two]);
    const edited = draft("r-1", { text: "Another" });
    expect(againOf([card(edited), card(two), asked(withdrawn)], withdrawn)).toEqual([]);
    expect(againOf([card(two), asked(withdrawn)], withdrawn)).toEqual([]);
  });
});
