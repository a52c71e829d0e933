import { undoOf } from "@vaultdesk/shared/action.ts";
/** Labels, archive and bin through the whole engine, on both stores: how the mailbox lies afterwards is the judge. */
import { MessageId } from "@vaultdesk/shared/id.ts";
import { describe, expect, test } from "vitest";

import type { FilingWish, Wish } from "./actions/wish.ts";
import { MAYA, office, panel, STORES } from "./engine-office.ts";
import { gmailClient } from "./google/call.ts";

const MODIFY = "https://www.googleapis.com/auth/gmail.modify";
const LABELS = "https://www.googleapis.com/auth/gmail.labels";

async function desk(store: (typeof STORES)[number], mails = 40) {
  const here = await office({ store });
  const gmail = gmailClient(here.google.url, here.google.issue(MAYA, [MODIFY, LABELS]).accessToken);
  const raws = Array.from({ length: mails }, (_, index) =>
    Buffer.from(
      `From: Bank <news@bank.example>\r\nTo: ${MAYA}\r\nSubject: Note ${index}\r\n\r\nText ${index}\r\n`,
    ),
  );
  await here.google.importMail(
    MAYA,
    raws.map((raw, index) => ({
      raw: Buffer.concat([Buffer.from(`Message-ID: <${index}@bank.example>\r\n`), raw]),
    })),
  );
  const ids = here.google
    .mailbox(MAYA)
    .threads()
    .flatMap((row) => row.messageIds)
    .map((id) => MessageId.parse(id));
  const { data: label } = await gmail.users.labels.create({
    userId: "me",
    requestBody: { name: "Project Falcon" },
  });
  async function propose(wish: Wish): Promise<string> {
    const asked = await here.proposer.propose({
      grant: panel,
      conversationId: here.conversationId,
      runId: undefined,
      callId: undefined,
      wish,
    });
    if (!asked.ok) throw new Error(asked.problem.code);
    return asked.approval.view.id;
  }
  async function done(wish: Wish): Promise<string> {
    here.yes();
    const id = await propose(wish);
    await here.becomes(id, "executed");
    await here.freePhone();
    return id;
  }
  async function undo(id: string): Promise<void> {
    const action = (await here.approvals.find(id))?.action;
    if (action === undefined || action.kind === "bundle") throw new Error("nothing to undo");
    const deed = undoOf(action);
    if (deed === undefined) throw new Error("no undo");
    await done({ kind: "deed", deed });
  }
  const labelsOf = async (id: string) =>
    (await gmail.users.messages.get({ userId: "me", id, format: "minimal" })).data.labelIds ?? [];
  const having = async (name: string) => {
    const all = await Promise.all(ids.map(labelsOf));
    return all.filter((one) => one.includes(name)).length;
  };
  const wish = (more: Partial<Extract<FilingWish, { kind: "mail.label" }>> = {}): FilingWish => ({
    kind: "mail.label",
    messageIds: ids,
    threadIds: [],
    add: ["project falcon"],
    remove: [],
    ...more,
  });
  return { ...here, gmail, ids, label: label.id ?? "", propose, done, undo, having, wish };
}

describe.each(STORES)("on %s", (store) => {
  test("forty mails are labelled on one yes, and the undo leaves those that had the label", async () => {
    const { gmail, ids, label, done, undo, having, wish, pushes } = await desk(store);
    await gmail.users.messages.modify({
      userId: "me",
      id: ids[0] ?? "",
      requestBody: { addLabelIds: [label] },
    });
    const id = await done(wish());
    expect(await having(label)).toBe(40);
    expect(pushes).toHaveLength(1);
    expect(JSON.stringify(pushes[0]?.details)).toContain("39 mails");
    await undo(id);
    expect(await having(label)).toBe(1);
    expect(pushes).toHaveLength(2);
  });

  test("archive takes mails out of the inbox, and its undo puts them back", async () => {
    const { done, undo, having, wish, pushes } = await desk(store, 3);
    const id = await done(wish({ add: [], remove: ["INBOX"] }));
    expect(await having("INBOX")).toBe(0);
    expect(JSON.stringify(pushes[0]?.details)).toContain("Archive");
    await undo(id);
    expect(await having("INBOX")).toBe(3);
  });

  test("the bin takes mails, and its undo puts them back in the inbox", async () => {
    const { ids, done, undo, having } = await desk(store, 3);
    const id = await done({ kind: "mail.trash", messageIds: ids, threadIds: [] });
    expect(await having("TRASH")).toBe(3);
    await undo(id);
    expect(await having("TRASH")).toBe(0);
    expect(await having("INBOX")).toBe(3);
  });

  test("without a yes nothing moves", async () => {
    const { no, propose, becomes, having, wish, label } = await desk(store, 2);
    no();
    const id = await propose(wish());
    await becomes(id, "denied");
    expect(await having(label)).toBe(0);
  });

  test("a mail that is moved or deleted between push and yes: none of them is moved", async () => {
    const { gmail, ids, propose, yes, becomes, having, wish, label, approvals } = await desk(
      store,
      3,
    );
    const id = await propose(wish());
    await gmail.users.messages.modify({
      userId: "me",
      id: ids[0] ?? "",
      requestBody: { addLabelIds: [label] },
    });
    yes();
    await becomes(id, "drifted");
    expect(await having(label)).toBe(1);
    expect((await approvals.find(id))?.outcomes).toEqual([
      { state: "drifted", changed: ["1 of 3 mails: labels"] },
    ]);
  });

  test("a label that is not there is made on the yes, said on the phone, and stays when it is undone", async () => {
    const { gmail, ids, done, undo, having, wish, pushes } = await desk(store, 3);
    const called = async (name: string) =>
      (await gmail.users.labels.list({ userId: "me" })).data.labels?.find((l) => l.name === name)
        ?.id ?? "";
    const id = await done(wish({ add: ["Project Hawk"], create: true }));
    expect(JSON.stringify(pushes[0]?.details)).toContain("Label Project Hawk (new label)");
    expect(await having(await called("Project Hawk"))).toBe(ids.length);
    await undo(id);
    expect(JSON.stringify(pushes[1]?.details)).toContain("(the label itself stays)");
    const label = await called("Project Hawk");
    expect(label).not.toBe("");
    expect(await having(label)).toBe(0);
  });

  test("without a yes no label is made", async () => {
    const { google, no, propose, becomes, wish } = await desk(store, 2);
    no();
    await becomes(await propose(wish({ add: ["Project Hawk"], create: true })), "denied");
    const made = google.calls.filter(({ method }) => method === "gmail.users.labels.create");
    // The test's own.
    expect(made).toHaveLength(1);
  });

  test.each(["gmail.users.labels.create", "gmail.users.messages.batchModify"])(
    "a new label whose answer was lost at %s is there once, on all",
    async (method) => {
      const { gmail, google, done, having, wish } = await desk(store, 3);
      google.faults.next(method, "lost");
      const id = await done(wish({ add: ["Project Hawk"], create: true }));
      expect(id).not.toBe("");
      const all = (await gmail.users.labels.list({ userId: "me" })).data.labels ?? [];
      const hawks = all.filter(({ name }) => name === "Project Hawk");
      expect(hawks).toHaveLength(1);
      expect(await having(hawks[0]?.id ?? "")).toBe(3);
    },
  );

  test("a lost answer is settled by reading", async () => {
    const { google, done, having, wish, label } = await desk(store, 3);
    google.faults.next("gmail.users.messages.batchModify", "lost");
    await done(wish());
    expect(await having(label)).toBe(3);
  });

  test.each<[string, Parameters<Awaited<ReturnType<typeof desk>>["wish"]>[0], string]>([
    ["a label that is not there", { add: ["Project Hawk"] }, "label_unknown"],
    ["Gmail's own label SENT", { add: ["SENT"], create: true }, "label_unknown"],
    ["a new label called Trash", { add: ["trash"], create: true }, "label_unknown"],
    ["a new label without a name", { add: ["  "], create: true }, "label_unknown"],
    ["the bin as a label", { add: ["TRASH"] }, "label_unknown"],
    ["a label that they have already", { add: ["INBOX"] }, "nothing_to_move"],
    [
      "mails that are not there",
      { messageIds: [MessageId.parse("00ff00ff00")] },
      "nothing_to_move",
    ],
  ])("%s is refused and no phone rings", async (_, change, code) => {
    const { propose, wish, pushes } = await desk(store, 2);
    await expect(propose(wish(change))).rejects.toThrow(code);
    expect(pushes).toEqual([]);
  });
});
