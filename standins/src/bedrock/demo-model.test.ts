import { describe, expect, test } from "vitest";

import { hits, IDS, nothing, THREAD, tools } from "./demo/falcon.ts";
import { type Played, rehearse, type Stage } from "./demo/rehearsal.ts";

function row(id: string, from: string) {
  return { ...hits[0], id, from, thread_id: THREAD };
}

async function play(text: string, more: Stage = {}): Promise<Played> {
  return rehearse(text, { openThread: THREAD, tools, ...more });
}

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

  test("a sender who is not found by full name is tried by surname, and nobody else of that name is listed", async () => {
    const played = await rehearse("what did Jeff Dasovich write about hydro", {
      tools: {
        search_gmail: ({ from }) =>
          from === "Jeff Dasovich"
            ? nothing()
            : {
                found: 2,
                shown: 2,
                messages: [
                  row("18c0ffee000000b1", "jeff.dasovich@enron.example"),
                  row("18c0ffee000000b2", "ann.dasovich@enron.example"),
                ],
              },
      },
    });
    expect(played.calls.map((call) => call.input["from"])).toEqual(["Jeff Dasovich", "Dasovich"]);
    expect(played.answer).toContain("[msg:18c0ffee000000b1]");
    expect(played.answer).not.toContain("18c0ffee000000b2");
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
