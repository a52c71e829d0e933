import { describe, expect, test } from "vitest";

import { falcon, hits, IDS, SENT, THREAD, tools } from "./demo/falcon.ts";
import { type Played, rehearse, type Stage } from "./demo/rehearsal.ts";

async function play(text: string, more: Stage = {}): Promise<Played> {
  return rehearse(text, { openThread: THREAD, tools, ...more });
}

const names = (played: Played) => played.calls.map((call) => call.name);

describe("drafts", () => {
  test.each([
    [
      "Draft a reply to this message.",
      { selectedMessage: IDS.third },
      IDS.third,
      "Hi Tom,\n\nI have noted your request to send the list of pending litigation and will come back to you on it.",
    ],
    [
      "Draft a reply to this message.",
      {},
      IDS.last,
      "Hi Ana,\n\nI have noted that you need our answer on exclusivity by Tuesday and will come back to you on it.",
    ],
    [
      "draft a reply declining exclusivity",
      {},
      IDS.last,
      "We are not in a position to agree to exclusivity at this stage.",
    ],
    [
      "Reply to Tom saying that Tuesday works",
      {},
      IDS.third,
      "Hi Tom,\n\nTuesday works.\n\nBest regards,\nMaya",
    ],
    ["Ask Ana for the signed NDA", {}, IDS.last, "Could you please send the signed NDA?"],
    ["draft a reply thanking her for the documents", {}, IDS.last, "Thank you for the documents."],
  ])("%s", async (text, stage, messageId, body) => {
    const played = await play(text, stage);
    expect(names(played)).toEqual(["read_email_thread", "draft_email_reply"]);
    expect(played.calls[1]?.input).toMatchObject({ mode: "reply", message_id: messageId });
    expect(played.calls[1]?.input["body"]).toContain(body);
    expect(played.answer).toContain("nothing was sent");
  });

  test("a reply to all greets all", async () => {
    const { calls } = await play("reply to all: thanks, we will revert by Friday");
    expect(calls[1]?.input).toEqual({
      mode: "reply_all",
      message_id: IDS.last,
      body: "Hi all,\n\nThanks, we will revert by Friday.\n\nBest regards,\nMaya",
    });
  });

  test("a new mail needs no thread", async () => {
    const { calls } = await rehearse("write to bob@x.example: subject Hello: see you on Friday", {
      tools,
    });
    expect(calls).toEqual([
      {
        name: "draft_email_reply",
        input: {
          mode: "new",
          to: ["bob@x.example"],
          subject: "Hello",
          body: "Hello,\n\nSee you on Friday.\n\nBest regards,\nMaya",
        },
      },
    ]);
  });

  test("a person outside the open thread is looked up", async () => {
    const other = {
      thread_id: "18c0ffee00000099",
      subject: "Fees",
      messages: [
        {
          id: "18c0ffee00000098",
          from: "Lena Wolf <lena@bank.example>",
          date: "2026-11-01T10:00:00.000Z",
          text: "Fees attached.",
        },
      ],
    };
    const played = await play("reply to Lena saying thanks", {
      tools: {
        ...tools,
        read_email_thread: ({ thread_id: id }) => (id === THREAD ? falcon : other),
        search_gmail: () => ({
          found: 1,
          shown: 1,
          messages: [
            {
              ...hits[0],
              id: "18c0ffee00000098",
              thread_id: other.thread_id,
              from: "Lena Wolf <lena@bank.example>",
            },
          ],
        }),
      },
    });
    expect(names(played)).toEqual([
      "read_email_thread",
      "search_gmail",
      "read_email_thread",
      "draft_email_reply",
    ]);
    expect(played.calls.at(-1)?.input).toMatchObject({ message_id: "18c0ffee00000098" });
  });
});

describe("sending", () => {
  test("sends the draft of an earlier turn and says what the result says", async () => {
    const drafted = await play("draft a reply");
    const played = await play("Send it", { past: drafted.messages });
    expect(played.calls).toEqual([
      { name: "send_email_with_approval", input: { draft_id: "r-100" } },
    ]);
    expect(played.answer).toBe(`${SENT} [msg:18c0ffee000000aa]`);
    expect((await play("Send it", { past: played.messages })).calls).toEqual([]);
  });

  test("drafts and sends in one request", async () => {
    expect(names(await play("draft a reply saying we agree and send it"))).toEqual([
      "read_email_thread",
      "draft_email_reply",
      "send_email_with_approval",
    ]);
  });

  test("sends both drafts on one request, and later neither again", async () => {
    const mails = ["r-1", "r-2"].map((draft_id, index) => ({
      draft_id,
      outcome: "sent",
      message_id: `18c0ffee000000a${index}`,
    }));
    let drafts = 0;
    const two: Stage["tools"] = {
      ...tools,
      draft_email_reply: ({ to }) => ({ draft_id: `r-${(drafts += 1)}`, to, subject: "" }),
      send_email_with_approval: () => ({ outcome: "sent", detail: "All 2 mails sent.", mails }),
    };
    const first = await play("write to a@x.example: see you on Friday", { tools: two });
    const past = first.messages;
    const second = await play("write to b@x.example: see you there", { tools: two, past });
    const played = await play("Send both", { tools: two, past: second.messages });
    expect(played.calls).toEqual([
      { name: "send_email_with_approval", input: { draft_ids: ["r-1", "r-2"] } },
    ]);
    expect(played.answer).toBe("All 2 mails sent. [msg:18c0ffee000000a0] [msg:18c0ffee000000a1]");
    expect((await play("Send them", { past: played.messages })).calls).toEqual([]);
  });

  test("five drafts are too many for one request, and it says so", async () => {
    let drafts = 0;
    const many: Stage["tools"] = {
      ...tools,
      draft_email_reply: ({ to }) => ({ draft_id: `r-${(drafts += 1)}`, to, subject: "" }),
    };
    let past: Played["messages"] = [];
    for (const to of ["a", "b", "c", "d", "e"]) {
      const drafted = await play(`write to ${to}@x.example: hello`, { tools: many, past });
      past = drafted.messages;
    }
    const { calls, answer } = await play("send all of them", { tools: many, past });
    expect(calls).toEqual([]);
    expect(answer).toContain("at most four mails");
  });

  test("without a draft there is nothing to send", async () => {
    const played = await play("Send it");
    expect(played.calls).toEqual([]);
    expect(played.answer).toContain("no draft in this conversation");
  });

  test.each([
    "denied",
    "expired",
    "cancelled",
    "drifted",
    "failed",
    "undelivered",
    "unknown",
    "something new",
  ])("%s is never called sent", async (outcome) => {
    const drafted = await play("draft a reply");
    const { answer } = await play("Send it", {
      past: drafted.messages,
      tools: { ...tools, send_email_with_approval: () => ({ outcome, detail: "" }) },
    });
    expect(answer).toMatch(/nothing was sent|not sent|not known/i);
    expect(answer).not.toMatch(/^sent/i);
  });
});
