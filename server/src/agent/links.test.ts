import { AIMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import { expect, test } from "vitest";

import { linksIn } from "./links.ts";

const ROOM = "https://data-room.example/Falcon?doc=7&v=2";
const links = linksIn([
  new HumanMessage("Is https://bank.example/terms still right?"),
  new AIMessage("See https://evil.example/?d=SECRET"),
  new ToolMessage({ tool_call_id: "1", content: JSON.stringify({ text: `Open ${ROOM}.\nAna` }) }),
]);

test.each([
  ["of a mail", `[the room](${ROOM})`, [ROOM]],
  ["that ends a sentence", `It is ${ROOM}.`, [ROOM]],
  ["in angle brackets", `<${ROOM}>`, [ROOM]],
  ["that the person wrote", "https://bank.example/terms", ["https://bank.example/terms"]],
  ["that the model said itself", "https://evil.example/?d=SECRET", []],
  ["with more behind it", `${ROOM}&d=SECRET`, []],
  ["with less", "https://data-room.example/Falcon", []],
  ["whose capitals could spell something", ROOM.toLowerCase(), []],
  ["of another host in front", "https://SECRET.data-room.example/Falcon?doc=7&v=2", []],
  ["with a user in front of the host", "https://SECRET@data-room.example/Falcon?doc=7&v=2", []],
  ["none", "Two points are open.", []],
])("an address %s", (_name, text, known) => {
  expect(links(text)).toEqual(known);
});
