import { DraftView } from "@vaultdesk/shared/draft.ts";
import { describe, expect, test } from "vitest";

import { noticeOf, offerOf } from "./words.ts";

const draft = (to: string): DraftView =>
  DraftView.parse({
    draftId: "r-1",
    messageId: "19d847db53731d30",
    content: {
      from: "maya@northgate.example",
      to: [to],
      cc: [],
      bcc: [],
      subject: "Hello",
      text: "Hi",
      attachments: [],
    },
  });

describe("asking once", () => {
  const drafts = ["Ana Ruiz <ana@x.example>", "b@x.example", "c@x.example", "d@x.example"].map(
    draft,
  );
  test("one draft has its own button", () => {
    expect(offerOf(drafts.slice(0, 1))).toBeUndefined();
  });
  test("two to four are offered in the order of their cards", () => {
    expect(offerOf(drafts.slice(0, 2))).toEqual({
      button: "Ask once for these 2 mails",
      words: "Sent in this order on one yes: Ana Ruiz, b@x.example.",
    });
    expect(offerOf(drafts)?.button).toBe("Ask once for these 4 mails");
  });
  test("five are too many, and it is said", () => {
    const offer = offerOf([...drafts, draft("e@x.example")]);
    expect(offer?.button).toBeUndefined();
    expect(offer?.words).toContain("at most 4 mails, and here are 5 drafts");
  });
});

describe("changing a draft that the phone is asked about", () => {
  test.each([
    ["free", 0, undefined],
    ["asked", 1, "Changing it withdraws the request on your phone."],
    ["asked", 3, "Changing it withdraws the request on your phone for all 3 mails."],
    ["going", 1, "You approved this mail as it was, so it can't be changed any more."],
    ["sent", 1, "You approved this mail as it was, so it can't be changed any more."],
  ] as const)("%s, %d together", (fate, together, words) => {
    expect(noticeOf(fate, together)).toBe(words);
  });
});
