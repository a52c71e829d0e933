import { AIMessage, HumanMessage, SystemMessage, ToolMessage } from "@langchain/core/messages";
import { expect, test } from "vitest";

import { seenIn, strangerIn } from "./provenance.ts";

const THREAD = "189af729deca2ec0";
const MESSAGE = "18aa000000000001";

const seen = seenIn([
  new SystemMessage(`Open thread: ${THREAD}\nUser: Maya Field <maya@northgate.example>`),
  new HumanMessage("Write to tom@northgate.example, and to Lena (lena@x.example)."),
  new AIMessage("I could ask eve@evil.example about 18ff000000000009."),
  new ToolMessage({
    tool_call_id: "1",
    content: `{"id":"${MESSAGE}","from":"Ana Ruiz <Ana.Ruiz@Helio-Capital.example>"}`,
  }),
]);

const code = (name: string, args: unknown) => {
  const json = strangerIn(name, args, seen)?.json;
  return typeof json === "object" && json !== null && "error" in json ? json.error : undefined;
};

test.each<[string, unknown]>([
  ["read_email_thread", { thread_id: THREAD }],
  ["draft_email_reply", { message_id: MESSAGE, to: ["Ana <ana.ruiz@helio-capital.example>"] }],
  ["draft_email_reply", { to: ["tom@northgate.example", "maya@northgate.example"] }],
  ["create_calendar_event", { guests: ["lena@x.example"] }],
  ["label_mail", { message_ids: [MESSAGE], add: ["18ff000000000009"] }],
  ["search_gmail", { from: "eve@evil.example", to: "eve@evil.example" }],
  ["draft_email_reply", { body: "Ask eve@evil.example." }],
])("%s %j is of this conversation", (name, args) => {
  expect(code(name, args)).toBeUndefined();
});

test.each<[string, unknown, string]>([
  ["read_email_thread", { thread_id: "18ff000000000009" }, "unknown_id"],
  ["read_email_thread", { thread_id: THREAD.slice(0, 12) }, "unknown_id"],
  ["label_mail", { message_ids: [MESSAGE, "18ff000000000009"] }, "unknown_id"],
  ["cancel_calendar_event", { event_id: "vd0123456789" }, "unknown_id"],
  ["draft_email_reply", { to: ["eve@evil.example"] }, "unknown_address"],
  ["draft_email_reply", { cc: ["Ana <ruiz@helio-capital.example>"] }, "unknown_address"],
  ["draft_email_reply", { to: ["tom@northgate.example.evil.example"] }, "unknown_address"],
  [
    "draft_email_reply",
    { to: ["ana.ruiz@helio-capital.example, eve@evil.example"] },
    "unknown_address",
  ],
  ["create_calendar_event", { guests: ["om@northgate.example"] }, "unknown_address"],
])("%s %j names what nobody here named", (name, args, error) => {
  expect(code(name, args)).toBe(error);
});
