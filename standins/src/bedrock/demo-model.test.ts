import { describe, expect, test } from "vitest";

import { falcon, IDS, THREAD } from "./demo/falcon.ts";
import { type Played, rehearse, type Stage } from "./demo/rehearsal.ts";

const SENT = "Sent. You approved it on your phone, and Gmail has sent it.";

const hits = falcon.messages.map((message) => ({
  id: message.id,
  thread_id: THREAD,
  from: message.from,
  to: message.to,
  subject: falcon.subject,
  date: message.date,
  snippet: message.text.replace(/\s+/g, " ").slice(0, 120),
  attachments: message.attachments.map((file) => file.filename),
}));

const tools: NonNullable<Stage["tools"]> = {
  read_email_thread: () => falcon,
  search_gmail: () => ({ found: hits.length, shown: hits.length, messages: hits }),
  get_latest_emails: () => ({ found: 2, shown: 2, messages: hits.slice(2) }),
  draft_email_reply: ({ to, subject }) => ({
    draft_id: "r-100",
    thread_id: THREAD,
    to: to ?? ["Ana Ruiz <ana.ruiz@helio-capital.example>"],
    cc: [],
    subject: subject ?? "Re: Project Falcon: exclusivity",
    saved: true,
  }),
  send_email_with_approval: () => ({
    outcome: "sent",
    detail: SENT,
    message_id: "18c0ffee000000aa",
  }),
};
const nothing = () => ({ found: 0, shown: 0, messages: [] });

async function play(text: string, more: Stage = {}): Promise<Played> {
  return rehearse(text, { openThread: THREAD, tools, ...more });
}

const names = (played: Played) => played.calls.map((call) => call.name);

describe("about the open thread", () => {
  test.each([
    [
      "Summarise this thread",
      [
        "4 messages",
        "Ana Ruiz, Maya Field and Tom Berg",
        "16 Nov 2026 to 20 Nov 2026",
        `21 days of exclusivity instead of 30.” [msg:${IDS.last}]`,
        "Who signs for the seller?",
      ],
    ],
    ["Who wrote last?", ["Ana Ruiz", "Fri 20 Nov 2026, 15:04", `[msg:${IDS.last}]`]],
    ["When did they last write?", ["Ana Ruiz last wrote on Fri 20 Nov 2026, 15:04"]],
    ["When did I last write?", ["You last wrote on Tue 17 Nov 2026, 17:40", `[msg:${IDS.second}]`]],
    ["When did Tom last write?", ["Tom Berg last wrote on Thu 19 Nov 2026, 09:05"]],
    ["what is the escrow amount?", [`EUR 2.4 million, as agreed on Friday.” [msg:${IDS.second}]`]],
    ["what files are attached?", ["LOI draft.pdf", `[msg:${IDS.first}]`]],
    ["Who is on this thread?", ["Tom Berg (tom.berg@helio-capital.example): 1 message"]],
  ])("%s", async (text, facts) => {
    const played = await play(text);
    expect(played.calls).toEqual([{ name: "read_email_thread", input: { thread_id: THREAD } }]);
    for (const fact of facts) expect(played.answer).toContain(fact);
  });

  test("open points leave out what was answered and keep what was only promised", async () => {
    const { answer } = await play("What is still open here?");
    expect(answer).toContain("4 points are open");
    expect(answer).not.toContain("Can you confirm the escrow amount?");
    expect(answer).toContain(
      `Thursday.” [msg:${IDS.first}] Then Maya Field, 17 Nov 2026: “We will send the working capital schedule tomorrow.” [msg:${IDS.second}]`,
    );
  });

  test("what somebody said stands newest first, without quoted originals", async () => {
    const { answer } = await play("What did Ana say about exclusivity?");
    expect(answer.indexOf("21 days")).toBeLessThan(answer.indexOf("30 days of exclusivity"));
    expect((await play("What did Ana say about the escrow amount?")).answer).not.toContain("2.4");
  });

  test("what the thread does not say is searched in all mail", async () => {
    const played = await play("What did Ana say about pineapples?", {
      tools: { ...tools, search_gmail: nothing },
    });
    expect(played.calls.at(-1)).toEqual({
      name: "search_gmail",
      input: { from: "Ana", query: "pineapples" },
    });
    expect(played.answer).toContain("couldn't find a mail from Ana about pineapples");
  });

  test("without an open thread it says so and calls nothing", async () => {
    const played = await rehearse("Summarise this thread");
    expect(played.calls).toEqual([]);
    expect(played.answer).toContain("No thread is open");
  });
});

describe("search and latest", () => {
  test("lists what was found with sender, subject, date and citation", async () => {
    const played = await play("Find mails from Ana about exclusivity since October 1");
    expect(played.calls).toEqual([
      { name: "search_gmail", input: { from: "Ana", query: "exclusivity", after: "2026-10-01" } },
    ]);
    expect(played.answer).toContain("- Tom Berg, “Project Falcon: exclusivity”, 19 Nov 2026");
    expect(played.answer).toContain(`[msg:${IDS.third}]`);
  });

  test("an empty search offers a wider one, and yes takes it", async () => {
    const empty = { ...tools, search_gmail: nothing };
    const first = await play("Find mails from Ana about escrow since October 1", { tools: empty });
    expect(first.answer).toBe(
      "I couldn't find a mail from Ana about escrow since 1 Oct 2026. Shall I search for mails from Ana about escrow in all mail?",
    );
    const second = await play("yes", { tools: empty, past: first.messages });
    expect(second.calls).toEqual([
      { name: "search_gmail", input: { from: "Ana", query: "escrow" } },
    ]);
    expect(second.answer).toContain("Shall I search for mails about escrow");
  });

  test("a role that no sender's address shows is said, not guessed", async () => {
    const played = await play("find every mail from the buyer's counsel about the escrow");
    expect(played.calls).toEqual([{ name: "search_gmail", input: { query: "escrow", max: 25 } }]);
    expect(played.answer).toContain(
      "No sender's name or address says that it is the buyer's counsel",
    );
  });

  test("show unread", async () => {
    const played = await play("show unread");
    expect(played.calls).toEqual([{ name: "get_latest_emails", input: { label: "unread" } }]);
    expect(played.answer).toContain("2 unread mails");
  });
});

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
