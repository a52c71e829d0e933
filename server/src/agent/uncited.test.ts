import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import { expect, test } from "vitest";

import { lacksCitation, statesFacts, supported } from "./uncited.ts";

const A = "18c0000000000001";
const B = "18c0000000000002";

test.each<[string, boolean]>([
  ["Ana accepts 21 days of exclusivity.", true],
  ["The escrow is 5% for 12 months. Shall I draft an answer?", true],
  ["- Price: EUR 118 million\n- Exclusivity: 30 days in all", true],
  ["You have three unread mails from Tom.", true],
  ["Ana nimmt 21 Tage Exklusivität an.", true],
  ["I couldn't find a mail from Kirkland about the escrow. Search all mail?", false],
  ["I found no question in this thread that is still unanswered.", false],
  ["There is no mail from Ana about pineapples.", false],
  ["This thread does not say who pays the fees.", false],
  ["Nothing is open.", false],
  ["Ich habe keine Mail von Ana dazu gefunden.", false],
  ["Je n'ai trouvé aucun message de Tom.", false],
  ["Shall I look in all mail for it?", false],
  ["I can draft a reply to Ana if you like.", false],
  ["Thanks, done.", false],
  ["Here is what I found:", false],
  ["", false],
])("%s states facts: %s", (answer, does) => {
  expect(statesFacts(answer)).toBe(does);
});

const mail = (id: string, text: string) => ({ id, from: "Ana Ruiz", text });
const tool = (name: string, json: unknown) =>
  new ToolMessage({ tool_call_id: "1", name, content: JSON.stringify(json) });
const READ = tool("read_email_thread", {
  messages: [mail(A, "The committee accepts 21 days of exclusivity."), mail(B, "Thanks, noted.")],
});
const FACT = "The committee accepts 21 days of exclusivity.";

function lacks(...turn: (BaseMessage | string)[]): boolean {
  const messages = turn.map((one) => (typeof one === "string" ? new AIMessage(one) : one));
  return lacksCitation([new HumanMessage("What did Ana say?"), ...messages], (id) => id === A);
}

test("a fact from mail without a citation lacks one", () => {
  expect(lacks(READ, FACT)).toBe(true);
  expect(lacks(READ, `${FACT} [msg:18c00000000000ff]`)).toBe(true);
});

test("it lacks none where one of its messages is cited, early or late in the run", () => {
  expect(lacks(READ, `${FACT} [msg:${A}]`)).toBe(false);
  expect(lacks(`I look at [msg:${A}].`, READ, FACT)).toBe(false);
});

test("it lacks none where no mail was read in this run, or something else was done", () => {
  expect(lacks(FACT)).toBe(false);
  expect(lacks(READ, new HumanMessage("And in short?"), FACT)).toBe(false);
  expect(lacks(tool("read_email_thread", { messages: [] }), FACT)).toBe(false);
  expect(lacks(tool("search_gmail", { error: "google_down", message: "Down." }), FACT)).toBe(false);
  expect(lacks(READ, tool("draft_email_reply", { draft_id: "r-1" }), FACT)).toBe(false);
  expect(lacks(READ, tool("show_terms", { shown: [] }), FACT)).toBe(false);
});

test("a citation that is asked for counts where its message shares the answer's words", () => {
  const named = (reply: string) => supported(reply, FACT, [READ]);
  expect(named(`[msg:${A}]`)).toEqual([A]);
  expect(named(`[msg:${B}] and [msg:${A}] and [msg:${A}]`)).toEqual([A]);
  expect(named(`[msg:18c00000000000ff]`)).toEqual([]);
  expect(named("NONE")).toEqual([]);
  expect(supported(`[msg:${A}]`, "Yes it is so now.", [READ])).toEqual([]);
});
