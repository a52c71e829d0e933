import { expect, test } from "vitest";

import { readOffice } from "./office-request.ts";

test.each<[string, object]>([
  ["What is on my calendar tomorrow?", { kind: "events", when: "tomorrow" }],
  ["Show my calendar", { kind: "events", when: undefined }],
  ["When am I free tomorrow?", { kind: "free", when: "tomorrow", people: [] }],
  [
    "When are we both free with Ana Ruiz next week for 45 minutes?",
    { kind: "free", when: "next week", people: ["Ana Ruiz"], minutes: 45 },
  ],
  [
    "Schedule a call with Ana Ruiz tomorrow at 1 about the closing",
    {
      kind: "schedule",
      title: "the closing",
      when: "tomorrow at 1",
      people: ["Ana Ruiz"],
      meet: false,
      quiet: false,
    },
  ],
  [
    "Book a meeting tomorrow at 3pm for an hour with ana@x.example and tom@y.example called Signing with a Meet link",
    {
      kind: "schedule",
      title: "Signing",
      when: "tomorrow at 3pm",
      minutes: 60,
      people: ["ana@x.example", "tom@y.example"],
      meet: true,
    },
  ],
  [
    "Move the Signing meeting to Friday 3pm",
    { kind: "move_event", words: "Signing", when: "Friday 3pm" },
  ],
  ["Cancel the Signing call", { kind: "cancel_event", words: "Signing" }],
  ["Archive this thread", { kind: "file", how: "archive", which: { kind: "this" } }],
  [
    "Delete all mails from news@bank.example",
    { kind: "file", how: "trash", which: { kind: "from", from: "news@bank.example" } },
  ],
  ["Move this thread to the bin", { kind: "file", how: "trash", which: { kind: "this" } }],
  [
    "Label the mails from Ana Ruiz as Project Falcon",
    {
      kind: "label",
      label: "Project Falcon",
      remove: false,
      which: { kind: "from", from: "Ana Ruiz" },
    },
  ],
  [
    "Remove the label Project Falcon from this thread",
    { kind: "label", label: "Project Falcon", remove: true, which: { kind: "this" } },
  ],
  ["What is in the attached NDA?", { kind: "attachment", words: "NDA" }],
  ["Read the attachment", { kind: "attachment", words: "" }],
  ["Summarise the attached CIM.pdf", { kind: "attachment", words: "CIM.pdf" }],
])("%s", (text, wanted) => {
  expect(readOffice(text)).toMatchObject(wanted);
});

test.each([
  "Summarise this thread",
  "Send it",
  "Draft a reply saying that Tuesday at 3pm works for the call",
  "Find mails from Ana about the meeting",
  "When did Ana last write?",
  "What is attached here?",
  "Which files are attached?",
  "Cancel the request",
  "Write to ana@x.example: subject Call: shall we schedule a call tomorrow at 1?",
])("%s is about something else", (text) => {
  expect(readOffice(text)).toBeUndefined();
});
