import { describe, expect, test } from "vitest";

import { readRequest } from "./request.ts";

const CONTEXT = {
  today: "2026-11-23",
  user: "maya@northgate.example",
  openThread: "18c0ffee00000001",
};

function read(text: string): unknown {
  return readRequest(text, CONTEXT);
}

describe.each([
  [
    "summary",
    [
      "Summarise this thread",
      "summarize this",
      "Can you give me a quick recap of this thread?",
      "What is this about?",
      "what's this thread about",
      "Catch me up",
      "tl;dr",
      "Bring me up to date please",
      "give me an overview of this conversation",
    ],
  ],
  [
    "open",
    [
      "What is still open here?",
      "Any open questions?",
      "What are the next steps?",
      "What do they want from us?",
      "What do I need to do?",
      "what are we still waiting for",
      "Show me what is still open",
      "list the outstanding points",
      "Is anything unanswered?",
      "What do we still owe them?",
    ],
  ],
  [
    "who_last",
    [
      "Who wrote last?",
      "who sent the last message?",
      "Who replied last in this thread?",
      "who was the last to write",
      "what is the latest message in this thread?",
    ],
  ],
  ["people", ["Who is on this thread?", "who are the participants"]],
  [
    "files",
    ["what files are attached here?", "list the attachments", "Are there any attachments?"],
  ],
])("asks the thread for %s", (ask, phrasings) => {
  test.each(phrasings)("%s", (text) => expect(read(text)).toEqual({ kind: "thread", ask }));
});

test.each([
  ["When did they last write?", "they"],
  ["When did Ana last write?", "Ana"],
  ["when was the last message from Ana", "Ana"],
  ["When did I last reply?", "I"],
  ["is there an answer from Tom?", "Tom"],
  ["Did they reply?", "they"],
])("asks when: %s", (text, person) => {
  expect(read(text)).toEqual({ kind: "thread", ask: "when_last", person });
});

test.each([
  ["What did Ana say about exclusivity?", { person: "Ana", topic: "exclusivity" }],
  ["what did Jeff Dasovich write about hydro", { person: "Jeff Dasovich", topic: "hydro" }],
  [
    "Did Ana agree to the exclusivity extension?",
    { person: "Ana", topic: "exclusivity extension" },
  ],
  ["Has Tom confirmed the closing date?", { person: "Tom", topic: "closing date" }],
  ["What has been said about the price?", { topic: "price" }],
  ["what is the exclusivity period?", { topic: "exclusivity period" }],
  ["Where is the signed NDA?", { topic: "signed NDA" }],
  ["did anyone mention a deadline?", { topic: "deadline" }],
])("asks what was said: %s", (text, said) => {
  expect(read(text)).toEqual({ kind: "said", ...said });
});

test.each([
  ["Find mails from Ana about escrow", { from: "Ana", query: "escrow" }],
  ["Search for hydro", { query: "hydro" }],
  ["search hydro", { query: "hydro" }],
  ["find hydro", { query: "hydro" }],
  ["search my mail for transaction agreement", { query: "transaction agreement" }],
  ["search in this thread for escrow", { in_thread: "18c0ffee00000001", query: "escrow" }],
  [
    "mails with attachments from Ana since October 1",
    { from: "Ana", after: "2026-10-01", has_attachment: true },
  ],
  ["show me pdfs from Tom", { from: "Tom", has_attachment: true }],
  ["Find emails from jeff.dasovich@enron.com", { from: "jeff.dasovich@enron.com" }],
  [
    "show me all mails from Mona Petrochko about PG&E in October 1999",
    { from: "Mona Petrochko", query: "PG&E", after: "1999-10-01", before: "1999-11-01" },
  ],
  [
    "Find mails to Bob about the NDA before 5 November",
    { to: "Bob", query: "NDA", before: "2026-11-05" },
  ],
  [
    "any mail about indemnity last week?",
    { query: "indemnity", after: "2026-11-16", before: "2026-11-23" },
  ],
  [
    "Do we have anything from Kirkland about the escrow in the last 90 days?",
    { from: "Kirkland", query: "escrow", after: "2026-08-25" },
  ],
  ['Look for messages with subject "Board pack"', { subject: "Board pack" }],
  ['find "working capital" mails', { query: '"working capital"' }],
  [
    "mails I sent to Ana since Monday",
    { from: "maya@northgate.example", to: "Ana", after: "2026-11-16" },
  ],
  ["Ana's mails about the data room", { from: "Ana", query: "data room" }],
  ["emails Ana sent about the LOI", { from: "Ana", query: "LOI" }],
  ["latest 3 mails from Ana", { from: "Ana", max: 3 }],
  ["unread mails from Ana", { from: "Ana", query: "is:unread" }],
  [
    "find messages from ana@helio-capital.example to me about the LOI",
    { from: "ana@helio-capital.example", to: "maya@northgate.example", query: "LOI" },
  ],
])("searches: %s", (text, wanted) => {
  expect(read(text)).toEqual({ kind: "search", search: { wanted } });
});

test("a role is not a name", () => {
  expect(read("find every mail from the buyer's counsel about the escrow")).toEqual({
    kind: "search",
    search: { wanted: { query: "escrow" }, role: "the buyer's counsel" },
  });
});

test.each([
  ["latest mails", { label: "inbox" }],
  ["what's new in my inbox", { label: "inbox" }],
  ["anything new?", { label: "inbox" }],
  ["show me my last 5 emails", { label: "inbox", max: 5 }],
  ["show unread", { label: "unread" }],
  ["Do I have any unread mail?", { label: "unread" }],
  ["list sent mails", { label: "sent" }],
  ["what did I send recently", { label: "sent" }],
])("lists the newest: %s", (text, rest) => expect(read(text)).toEqual({ kind: "latest", ...rest }));

const REPLY = { mode: "reply", addresses: [], send: false };

test.each([
  ["Draft a reply to this message.", REPLY],
  ["draft a reply", REPLY],
  ["Write a response to Ana's email", { ...REPLY, person: "Ana" }],
  [
    "draft a reply declining exclusivity",
    { ...REPLY, say: { kind: "decline", text: "exclusivity" } },
  ],
  [
    "Reply to Ana saying that Tuesday works",
    { ...REPLY, person: "Ana", say: { kind: "say", text: "Tuesday works" } },
  ],
  [
    "reply to all: thanks, we will revert by Friday",
    { ...REPLY, mode: "reply_all", say: { kind: "say", text: "thanks, we will revert by Friday" } },
  ],
  [
    "Compose a reply to all declining the meeting",
    { ...REPLY, mode: "reply_all", say: { kind: "decline", text: "the meeting" } },
  ],
  [
    "tell Ana we need two more days",
    { ...REPLY, person: "Ana", say: { kind: "say", text: "we need two more days" } },
  ],
  ["let her know that we agree", { ...REPLY, say: { kind: "say", text: "we agree" } }],
  [
    "Ask Ana for the signed NDA",
    { ...REPLY, person: "Ana", say: { kind: "ask", text: "for the signed NDA" } },
  ],
  [
    "draft a short reply to Tom Berg asking whether the price holds",
    { ...REPLY, person: "Tom Berg", say: { kind: "ask", text: "whether the price holds" } },
  ],
  [
    'Could you reply with "Works for me"?',
    { ...REPLY, say: { kind: "say", text: "Works for me" } },
  ],
  [
    "Draft response: we will send the comments tomorrow",
    { ...REPLY, say: { kind: "say", text: "we will send the comments tomorrow" } },
  ],
  ["say yes to the extension", { ...REPLY, say: { kind: "accept", text: "the extension" } }],
  [
    "draft a reply saying we need more time and send it",
    { ...REPLY, send: true, say: { kind: "say", text: "we need more time" } },
  ],
  [
    "Reply to Ana that we accept and then send it.",
    { ...REPLY, person: "Ana", send: true, say: { kind: "say", text: "we accept" } },
  ],
  [
    "write to bob@x.example: subject Hello: text",
    {
      mode: "new",
      addresses: ["bob@x.example"],
      send: false,
      subject: "Hello",
      say: { kind: "say", text: "text" },
    },
  ],
  [
    'Send an email to bob@x.example with subject "Closing call" saying are you free on Tuesday',
    {
      mode: "new",
      addresses: ["bob@x.example"],
      send: false,
      subject: "Closing call",
      say: { kind: "say", text: "are you free on Tuesday" },
    },
  ],
  [
    "write to bob@x.example and carol@y.example: the call is at 10:30",
    {
      mode: "new",
      addresses: ["bob@x.example", "carol@y.example"],
      send: false,
      say: { kind: "say", text: "the call is at 10:30" },
    },
  ],
  [
    "Write to Ana: can we talk tomorrow?",
    {
      mode: "new",
      addresses: [],
      send: false,
      person: "Ana",
      say: { kind: "say", text: "can we talk tomorrow?" },
    },
  ],
])("drafts: %s", (text, draft) => expect(read(text)).toEqual({ kind: "draft", draft }));

test.each([
  "Send it",
  "send this draft",
  "ok send it",
  "Yes, please send it now",
  "looks good, send",
  "send the draft",
  "Send it.",
  "go ahead and send it",
  "send both",
  "Send them",
  "send all of them now",
  "send both mails",
  "send the drafts",
])("sends: %s", (text) => expect(read(text)).toEqual({ kind: "send" }));

test.each([
  ["who are you", "who_are_you"],
  ["are you an AI?", "who_are_you"],
  ["what can you do?", "who_are_you"],
  ["thanks", "thanks"],
  ["yes please", "widen"],
  ["tell me a joke", "unknown"],
  ["hello", "unknown"],
  ["", "unknown"],
])("%s is %s", (text, kind) => expect(read(text)).toEqual({ kind }));
