import { ApprovalView } from "@vaultdesk/shared/approval.ts";
import { describe, expect, test } from "vitest";

import { heldUntil, holdWords, lineOf, outcomeOf, slotOf, verbOf, wordsOf } from "./words.ts";

const hex = "0123456789abcdef0123456789abcdef";
const asked = "2026-11-23T14:00:00.000Z";
const now = Date.parse(asked);
const sent = { state: "sent", messageId: "19d847db53731d30", threadId: "189af729deca2ec0" };

function mail(draftId: string, to: string, outcome?: object) {
  const content = {
    from: "maya@northgate.example",
    to: [to],
    cc: [],
    bcc: [],
    subject: `About ${draftId}`,
    text: "Hi,",
    attachments: [],
  };
  return { draftId, content, ...(outcome === undefined ? {} : { outcome }) };
}

function approval(state: string, items: object[], more: object = {}): ApprovalView {
  return ApprovalView.parse({
    id: `apr_${hex}`,
    conversationId: `con_${hex}`,
    state,
    code: "7F3K-Q0ZD",
    digest: "a".repeat(64),
    items,
    requestedAt: asked,
    expiresAt: "2026-11-23T14:05:00.000Z",
    ...more,
  });
}

const ana = mail("r-1", "Ana Ruiz <ana@helio.example>");
const tom = mail("r-2", "tom@helio.example");

describe("a request that waits for a slot", () => {
  const askAt = "2026-11-23T14:00:42.000Z";
  const queued = approval("proposed", [ana], { askAt });

  test("says so until the slot has come", () => {
    expect(wordsOf(queued, now).title).toBe("Waiting for a slot");
    expect(slotOf(queued, now)).toBe(askAt);
    expect(wordsOf(queued, Date.parse(askAt)).title).toBe("Asking your phone");
  });
  test("one that is asked at once never does, though the clock here is behind", () => {
    const atOnce = approval("proposed", [ana], { askAt: asked });
    expect(wordsOf(atOnce, now - 60_000).title).toBe("Asking your phone");
    expect(wordsOf(approval("proposed", [ana]), now).title).toBe("Asking your phone");
  });
  test("once it rings, the slot is past", () => {
    expect(slotOf(approval("waiting", [ana], { askAt }), now)).toBeUndefined();
  });
});

describe("a hold after the yes", () => {
  const holdUntil = "2026-11-23T14:00:12.000Z";
  test("says what goes ahead and when", () => {
    const held = approval("approved", [ana], { holdUntil });
    expect(heldUntil(held)).toBe(holdUntil);
    expect(holdWords(held, 12)).toBe("Sending in 12 s");
    expect(holdWords(held, 0)).toBe("Sending now");
  });
  test("is over once it is being done, whatever the last event said", () => {
    expect(heldUntil(approval("executing", [ana], { holdUntil }))).toBeUndefined();
  });
});

describe("several mails on one request", () => {
  test("are counted, and named in the list of what waits", () => {
    expect(verbOf(approval("waiting", [ana, tom]))).toBe("One request for 2 mails, in this order");
    expect(lineOf(approval("waiting", [ana, tom]))).toBe("2 mails: Ana Ruiz; tom@helio.example");
    expect(verbOf(approval("waiting", [ana]))).toBe("Send mail to Ana Ruiz");
    expect(lineOf(approval("waiting", [ana]))).toBe("Ana Ruiz: About r-1");
  });

  test("each says what became of it, and those after the stop that they were not tried", () => {
    const drifted = { state: "drifted", changed: ["subject", "text"] };
    const stopped = approval("drifted", [
      mail("r-1", "a@x.example", sent),
      mail("r-2", "b@x.example", drifted),
      mail("r-3", "c@x.example"),
    ]);
    expect(wordsOf(stopped, now).title).toBe("Stopped: 1 of 3 sent");
    expect(stopped.items.map((item) => outcomeOf(stopped, item))).toEqual([
      { title: "Sent", tone: "green", detail: undefined },
      {
        title: "Not sent",
        tone: "red",
        detail: "Changed in Gmail since you were asked: subject, text.",
      },
      { title: "Not tried", tone: "plain", detail: undefined },
    ]);
  });

  test("a failed one says why", () => {
    const why = "Google refused the address.";
    const failed = approval("failed", [
      mail("r-1", "a@x.example", { state: "failed", why }),
      mail("r-2", "b@x.example"),
    ]);
    expect(wordsOf(failed, now).title).toBe("Not sent");
    expect(failed.items.map((item) => outcomeOf(failed, item)?.detail)).toEqual([why, undefined]);
  });

  test("while they are being sent, only the next one is", () => {
    const going = approval("executing", [mail("r-1", "a@x.example", sent), tom, ana]);
    expect(going.items.map((item) => outcomeOf(going, item)?.title)).toEqual([
      "Sent",
      "Sending",
      undefined,
    ]);
  });

  test("a denial leaves none of them tried, and its ending says it for all", () => {
    const denied = approval("denied", [ana, tom]);
    expect(denied.items.map((item) => outcomeOf(denied, item))).toEqual([undefined, undefined]);
  });
});
