import { AIMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import { expect, test } from "vitest";

import { withMarkedQuotes, withoutHeard } from "./quotes.ts";
import { readIn } from "./reads.ts";

const A = "18c0000000000001";
const B = "18c0000000000002";
const GONE = "18c0000000000003";

const tool = (name: string, json: unknown) =>
  new ToolMessage({ tool_call_id: "1", name, content: JSON.stringify(json) });
const reads = readIn([
  new HumanMessage("Is “the very last word of the buyer” in it?"),
  tool("read_email_thread", {
    subject: "Project Falcon: letter of intent, Brandt Automation",
    messages: [
      {
        id: A,
        from: "Ana Ruiz <ana@helio.example>",
        text: "We can do\nEUR 110 million (at closing).\n> and 30 days",
      },
      { id: B, from: "Tom", text: "Nothing to add from my side, thanks." },
    ],
  }),
  tool("search_gmail", { left_out: "read again if needed", named: [GONE] }),
  tool("draft_email_reply", { draft_id: "r1", subject: "Re: Project Falcon: NDA markup" }),
  new AIMessage("Ana offers “a discount for a quick and final yes”."),
]);
const marked = (text: string) => withMarkedQuotes(text, () => reads) !== text;

test.each([
  [`“We can do EUR 110 million (at closing)” [msg:${A}]`, false],
  [`"we can do **EUR 110 million** at closing" [msg:${A}]`, false],
  [`“We can do … and 30 days” [msg:${A}]`, false],
  [`“[Helio] can do EUR 110 million at closing and 30…” [msg:${A}]`, false],
  [`„We can do EUR 110 million“ [msg:${A}]`, false],
  [`«We can do EUR 110 million» [msg:${A}]`, false],
  [`The subject “Project Falcon: letter of intent, Brandt Automation” [msg:${A}]`, false],
  [`You asked for “the very last word of the buyer” [msg:${A}]`, false],
  [`“Confidentiality-Undertaking.pdf” [msg:${A}]`, false],
  [`The draft “Re: Project Falcon: NDA markup” is saved [msg:${A}]`, false],
  [`The draft “Re: Project Hawk: NDA markup” is saved [msg:${A}]`, true],
  [`“We can do EUR 130 million (at closing)” [msg:${A}]`, true],
  [`"We can do EUR 11 million at closing" [msg:${A}]`, true],
  [`“We can do … we agree to everything” [msg:${A}]`, true],
  [`„Wir nehmen das Angebot gern an“ [msg:${A}]`, true],
  [`“a discount for a quick and final yes” [msg:${A}]`, true],
  ["“We agree to everything you ask for”", false],
  [`“We agree to everything you ask for” [msg:${GONE}]`, false],
  [`“We agree to everything you ask for” [msg:${GONE}] [msg:${B}]`, true],
  [`She says yes [msg:${A}]`, false],
])("%s is marked: %s", (text, is) => {
  expect(marked(text)).toBe(is);
});

test.each([
  [`Ana: “We can do EUR 110 million” [msg:${A}]`, `Ana: “…” [msg:${A}]`],
  [`Ana: “We can do … and 30 days” [msg:${A}]`, `Ana: “…” [msg:${A}]`],
  [`“We can do EUR 110 million” [msg:${A}]`, undefined],
  [`Ana: “We can do EUR 110 million” [msg:${B}]`, undefined],
  [`Ana: “We can do EUR 110 million”`, undefined],
  [`Ana: “We can do EUR 130 million” [msg:${A}]`, undefined],
  [`I am done. “We can do EUR 110 million” [msg:${A}]`, undefined],
  [`Ana: “… … … … … … … …” [msg:${A}]`, undefined],
])("of %s the assistant itself says %s", (text, own = text) => {
  expect(withoutHeard(text, () => reads)).toBe(own);
});

const looked = () => {
  throw new Error("looked through");
};

test("what was read is not looked through for an answer without quotes", () => {
  expect(withMarkedQuotes(`Ana agreed [msg:${A}].`, looked)).toContain("agreed");
});
