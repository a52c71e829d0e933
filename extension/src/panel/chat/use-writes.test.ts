import { routes } from "@vaultdesk/shared/api.ts";
import { ApprovalView } from "@vaultdesk/shared/approval.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import { DraftEdit, DraftView } from "@vaultdesk/shared/draft.ts";
import { ConversationId } from "@vaultdesk/shared/id.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { afterEach, describe, expect, test, vi } from "vitest";

import { createCall } from "../../api/call.ts";
import { writesOf } from "./use-writes.ts";

const hex = "0123456789abcdef0123456789abcdef";
const id = ConversationId.parse(`con_${hex}`);
const content = {
  from: "maya@northgate.example",
  to: ["ana@helio.example"],
  cc: [],
  bcc: [],
  subject: "Re: NDA",
  text: "Hi Ana,",
  attachments: [],
  threadId: "189af729deca2ec0",
};
const draft = DraftView.parse({ draftId: "r-1", messageId: "19d847db53731d30", content });
const other = DraftView.parse({
  ...draft,
  draftId: "r-2",
  content: { ...content, subject: "Fees" },
});
const approval = (state: string) =>
  ApprovalView.parse({
    id: `apr_${hex}`,
    conversationId: id,
    state,
    code: "7F3K-Q0ZD",
    digest: "a".repeat(64),
    items: [{ draftId: "r-1", content }],
    requestedAt: "2026-11-23T14:00:00.000Z",
    expiresAt: "2026-11-23T14:05:00.000Z",
  });
const edit = DraftEdit.parse({ to: [], cc: [], bcc: [], subject: "New", text: "New" });

/** The panel's actions against a server that answers these, in this order. */
function desk(...answers: [status: number, body: unknown][]) {
  const requests: { path: string; body: unknown }[] = [];
  vi.stubGlobal("fetch", async (url: URL, { body }: { body?: string }) => {
    requests.push({ path: url.pathname, body: body === undefined ? undefined : JSON.parse(body) });
    const [status, json] = answers.shift() ?? [500, {}];
    return Response.json(json, { status });
  });
  const seen: { saved: DraftView[]; asked: ApprovalView[] } = { saved: [], asked: [] };
  const call = createCall({
    serverUrl: "http://127.0.0.1:1",
    token: async () => ({ state: "signed_in", token: "t" }),
  });
  const live = {
    saved: (view: DraftView) => seen.saved.push(view),
    asked: (view: ApprovalView) => seen.asked.push(view),
  };
  return { requests, seen, writes: writesOf(call, id, live, "https://mail.google.com/mail/u/0/") };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test("several drafts are one request, each with the digest of what is shown", async () => {
  const { requests, seen, writes } = desk([200, approval("waiting")]);
  expect(await writes.askPhone([draft, other])).toBeUndefined();
  expect(requests).toEqual([
    {
      path: routes.askApproval.path,
      body: {
        conversationId: id,
        drafts: [
          { draftId: "r-1", shown: await digestOf(draft.content) },
          { draftId: "r-2", shown: await digestOf(other.content) },
        ],
      },
    },
  ]);
  expect(seen.asked).toEqual([approval("waiting")]);
});

describe("a change that comes after the yes", () => {
  const gone: [number, unknown] = [409, { problem: problem("draft_unknown") }];

  test("shows what became of the mail and does not say that nothing was sent", async () => {
    const { seen, writes } = desk(gone, [200, { approvals: [approval("executed")] }]);
    const said = await writes.save(draft, edit);
    expect(said?.happened).toBe(
      "You had approved this mail on your phone before your change arrived.",
    );
    expect(said?.notDone).not.toContain("sent");
    expect(seen.asked).toEqual([approval("executed")]);
    expect(seen.saved).toEqual([]);
  });

  test("a draft that was deleted in Gmail is called that", async () => {
    const { writes } = desk(gone, [200, { approvals: [approval("cancelled")] }]);
    expect(await writes.save(draft, edit)).toEqual(problem("draft_unknown"));
  });

  test("any other refusal is told as it came", async () => {
    const { requests, writes } = desk([400, { problem: problem("address_refused") }]);
    expect(await writes.save(draft, edit)).toEqual(problem("address_refused"));
    expect(requests).toHaveLength(1);
  });
});
