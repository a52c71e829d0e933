import { AIMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import { expect, test } from "vitest";

import { worked } from "../worked.ts";
import { linksIn } from "./links.ts";

const ROOM = "https://data-room.example/Falcon?doc=7&v=2";
const result = (name: string, json: object, status: "success" | "error" = "success") =>
  new ToolMessage({ tool_call_id: name, name, status, content: JSON.stringify(json) });
const links = linksIn([
  new HumanMessage("Is https://bank.example/terms still right?"),
  new HumanMessage({ name: "left_out", content: "https://evil.example/?d=LEFT" }),
  new AIMessage("See https://evil.example/?d=SECRET"),
  result("read_email_thread", { text: `Open ${ROOM}.\nAna` }),
  result("draft_email_reply", { subject: "https://evil.example/?d=DRAFTED" }),
  result("search_gmail", { snippet: "https://evil.example/?d=FOUND" }),
  result("read_attachment", { why: "https://evil.example/?d=ECHOED" }, "error"),
]);

test.each([
  ["of a mail", `[the room](${ROOM})`, [ROOM]],
  ["that ends a sentence", `It is ${ROOM}.`, [ROOM]],
  ["in angle brackets", `<${ROOM}>`, [ROOM]],
  ["that the person wrote", "https://bank.example/terms", ["https://bank.example/terms"]],
  ["that the model said itself", "https://evil.example/?d=SECRET", []],
  ["of the model's own draft", "https://evil.example/?d=DRAFTED", []],
  ["that a search finds, perhaps in such a draft", "https://evil.example/?d=FOUND", []],
  ["of our own note", "https://evil.example/?d=LEFT", []],
  ["that an error repeats", "https://evil.example/?d=ECHOED", []],
  ["with more behind it", `${ROOM}&d=SECRET`, []],
  ["with less", "https://data-room.example/Falcon", []],
  ["whose capitals could spell something", ROOM.toLowerCase(), []],
  ["of another host in front", "https://SECRET.data-room.example/Falcon?doc=7&v=2", []],
  ["with a user in front of the host", "https://SECRET@data-room.example/Falcon?doc=7&v=2", []],
  ["none", "Two points are open.", []],
])("an address %s", (_name, text, known) => {
  expect(links(text)).toEqual(known);
});

test("an address made of dots is read at once", () => {
  const dots = linksIn([new HumanMessage(`https://a${".".repeat(100_000)}x`)]);
  expect(worked(() => dots(`See ${ROOM}`)).ms).toBeLessThan(500);
});
