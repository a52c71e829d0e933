import { ToolMessage } from "@langchain/core/messages";
import type { ApprovalState, ApprovalView } from "@vaultdesk/shared/approval.ts";
import { Digest } from "@vaultdesk/shared/digest.ts";
import type { EventBody } from "@vaultdesk/shared/event.ts";
import { ApprovalId, ConversationId, DraftId, RunId } from "@vaultdesk/shared/id.ts";
import { array, assert, asyncProperty, constantFrom, nat } from "fast-check";
import { expect, test } from "vitest";

import { fence } from "./prompt.ts";
import { createTruth, objection } from "./truth.ts";

const hex = "0123456789abcdef0123456789abcdef";
const runId = RunId.parse(`run_${hex}`);

function approval(state: ApprovalState): ApprovalView {
  return {
    id: ApprovalId.parse(`apr_${hex}`),
    conversationId: ConversationId.parse(`con_${hex}`),
    state,
    code: "7F3K-9Q2M",
    digest: Digest.parse("d".repeat(64)),
    items: [
      {
        kind: "email.send",
        draftId: DraftId.parse("r-1"),
        content: { from: "", to: [], cc: [], bcc: [], subject: "", text: "", attachments: [] },
      },
    ],
    requestedAt: "2026-11-23T14:00:00.000Z",
    expiresAt: "2026-11-23T14:05:00.000Z",
  };
}

test.each<["one" | "all", ApprovalState[], string | undefined]>([
  ["one", [], "nothing"],
  ["one", ["waiting"], "nothing"],
  ["one", ["denied"], "nothing"],
  ["one", ["unknown"], "unknown"],
  ["one", ["executing"], "unknown"],
  ["one", ["executed"], undefined],
  ["one", ["denied", "executed"], undefined],
  ["all", [], "nothing"],
  ["all", ["denied", "executed"], "part"],
  ["all", ["executed", "executed"], undefined],
])("a claim of %s over %j meets the objection %s", (claim, states, found) => {
  expect(objection(claim, "sent", states.map(approval))).toBe(found);
});

test.each<["sent" | "scheduled" | "moved", string | undefined]>([
  ["sent", undefined],
  ["scheduled", "nothing"],
  ["moved", "nothing"],
])("a sent mail meets a claim of %s with %s", (claimed, found) => {
  expect(objection("one", claimed, [approval("executed")])).toBe(found);
});

const READ =
  "We can do EUR 110 million\nat closing, and 30 days of “exclusivity” in all. I've sent the mail to the board. See https://known.example for it.";
const messages = [
  new ToolMessage({
    tool_call_id: "1",
    name: "read_email_thread",
    content: fence(JSON.stringify({ messages: [{ id: "189af729deca2ec0", text: READ }] }), "m4rk"),
  }),
];

async function hear(deltas: string[], ofRun: ApprovalState[] = [], ofAll: ApprovalState[] = []) {
  const told: EventBody[] = [];
  let text = "";
  let reads = 0;
  const truth = createTruth(
    runId,
    {
      text: (delta) => {
        text += delta;
      },
      tell: (body) => told.push(body),
      flush: () => Promise.resolve(),
    },
    {
      ofRun: () => {
        reads += 1;
        return Promise.resolve(ofRun.map(approval));
      },
      ofConversation: () => Promise.resolve(ofAll.map(approval)),
    },
    messages,
  );
  for (const delta of deltas) await truth.say(delta);
  await truth.end();
  return { told, text, reads };
}

test("an earlier send of the conversation bears a claim out only if this run asked for nothing", async () => {
  expect(await hear(["It was sent."], [], ["executed"])).toMatchObject({ told: [] });
  expect((await hear(["It was sent."], ["denied"], ["executed", "denied"])).told).toHaveLength(1);
});

test("a known address is told before the text that holds it", async () => {
  const { told, text } = await hear(["The room is https://known.example and https://new.example."]);
  expect(told).toEqual([{ type: "links.known", runId, urls: ["https://known.example"] }]);
  expect(text).toContain("https://new.example");
});

test("the record is read when a claim is met, not before each sentence", async () => {
  expect(await hear(["Two points are open. Ana wrote. Nothing was sent."])).toMatchObject({
    reads: 0,
  });
});

function split(whole: string, at: number[]): string[] {
  const cuts = [0, ...at.map((one) => one % (whole.length + 1)), whole.length].toSorted(
    (a, b) => a - b,
  );
  return cuts.map((from, index) => whole.slice(from, cuts[index + 1] ?? whole.length));
}

const honest = constantFrom(
  "Ana sent it [msg:189af729deca2ec0]. ",
  "Nothing was sent.\n",
  "## Open\n\n",
  "- one\n",
  "| a | b |\n",
  "I can send it. ",
  "```\nHello\n```\n",
  "Is it? ",
  "É 😀\u200b\t. ",
  "\r\n",
);
const claim = constantFrom("I've sent it. ", "The mail to Ana\nwas sent.\n", "> Email sent\n");

test("text without claims passes byte for byte, however it arrives", async () => {
  await assert(
    asyncProperty(array(honest), array(nat(500)), async (parts, at) => {
      const whole = parts.join("");
      expect(await hear(split(whole, at))).toMatchObject({ text: whole, told: [] });
    }),
  );
});

test("text with claims is shown the same, however it arrives", async () => {
  const parts = array(constantFrom("a", "b")).chain((kinds) =>
    array(honest, { minLength: kinds.length, maxLength: kinds.length }).chain((said) =>
      array(claim, { minLength: kinds.length, maxLength: kinds.length }).map((claims) =>
        kinds.map((kind, index) => (kind === "a" ? said[index] : claims[index]) ?? "").join(""),
      ),
    ),
  );
  await assert(
    asyncProperty(parts, array(nat(500)), async (whole, at) => {
      expect(await hear(split(whole, at))).toEqual(await hear([whole]));
    }),
  );
});

test("a citation of a message that was not read here is marked, one that was read stays", async () => {
  const text = "Ana agreed [msg:189af729deca2ec0]. Tom did not [msg:18ff000000000009].";
  const shown = "Ana agreed [msg:189af729deca2ec0]. Tom did not [source not read here].";
  expect(await hear(split(text, [3, 20, 40, 60]))).toMatchObject({ text: shown, told: [] });
});

test("a quote that nobody wrote is marked as it arrives, and stays marked in what the model said", async () => {
  const true1 = "Ana wrote “We can do EUR 110 million at closing” [msg:189af729deca2ec0]. ";
  const false1 = "Ana wrote “We can do EUR 130 million at closing”";
  const text = `${true1}${false1} [msg:189af729deca2ec0].`;
  expect((await hear(split(text, [9, 30, 77, 90]))).text).toBe(
    `${true1}${false1} [not word for word in what was read] [msg:189af729deca2ec0].`,
  );
});

test("a claim in somebody else's words is theirs where their message is cited for it, and only there", async () => {
  const quote = "“I've sent the mail to the board.”";
  const theirs = `Ana Ruiz, 9 Nov: ${quote} [msg:189af729deca2ec0]`;
  expect(await hear([theirs])).toMatchObject({ told: [], text: theirs });
  for (const own of [quote, `${quote} [msg:189af729deca2ec0]`, `Ana Ruiz: ${quote}`]) {
    expect((await hear([own])).told).toHaveLength(1);
  }
});
