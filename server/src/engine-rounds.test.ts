/**
 * How often a tool waits for somebody else, one after the other. Calls that could be asked at once are held until nothing more comes, and
 * go on together: each such wave is one round. A round more is latency that a person waits for.
 */
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";

import { ToolName } from "@vaultdesk/shared/scope.ts";
import { afterAll, beforeAll, expect, test } from "vitest";

import { panel } from "./engine-office.ts";
import { GOOD, type Holds, toolsDesk } from "./tools-desk.ts";

/** Turns of the event loop without a new call: everything here is in this process, so nothing is under way any more. */
const QUIET_TURNS = 40;
const QUIET_MS = 8;

function createTide() {
  let waves: string[] = [];
  let held: { what: string; go: () => void }[] = [];
  let on = false;
  let settling: Promise<void> | undefined;

  function shown(): string {
    const counts = new Map<string, number>();
    for (const { what } of held) counts.set(what, (counts.get(what) ?? 0) + 1);
    return [...counts]
      .map(([what, count]) => (count === 1 ? what : `${what} x${count}`))
      .toSorted()
      .join(", ");
  }

  async function settle(): Promise<void> {
    let before = 0;
    while (before !== held.length) {
      before = held.length;
      for (let turns = 0; turns < QUIET_TURNS; turns += 1) await turn();
      await sleep(QUIET_MS);
    }
    waves.push(shown());
    for (const { go } of held.splice(0)) go();
  }

  return {
    arrived: async (method: string): Promise<void> => {
      if (!on) return;
      const what = method.replace(/^(?:gmail\.users|calendar)\./, "");
      await new Promise<void>((go) => {
        held.push({ what, go });
        if (held.length === 1) settling = settle();
      });
    },
    /** The waves of this work. */
    async of(work: () => Promise<unknown>): Promise<string[]> {
      waves = [];
      held = [];
      on = true;
      await work();
      await settling;
      on = false;
      return waves;
    },
  };
}

const tide = createTide();
let tools: Awaited<ReturnType<typeof toolsDesk>>;

beforeAll(async () => {
  tools = await toolsDesk(30, { arrived: tide.arrived });
  // What the clients load at their first call would look like a round.
  await tools.call("check_calendar", GOOD.check_calendar(tools.holds));
});
afterAll(() => tools.close());

interface Row {
  tool: ToolName;
  with?: string;
  args?: (holds: Holds) => object;
  rounds: readonly string[];
}

const TABLE: readonly Row[] = [
  { tool: "search_gmail", rounds: ["vault", "messages.list", "messages.get x20"] },
  {
    tool: "search_gmail",
    with: "a thread",
    args: ({ threadId }) => ({ in_thread: threadId, query: "paper" }),
    rounds: ["vault", "threads.get"],
  },
  { tool: "get_latest_emails", rounds: ["vault", "messages.list", "messages.get x20"] },
  { tool: "read_email_thread", rounds: ["vault", "threads.get"] },
  { tool: "read_tracker", rounds: ["vault", "messages.list", "messages.get x10"] },
  { tool: "note_milestone", rounds: ["vault", "threads.get"] },
  { tool: "show_terms", rounds: ["vault", "threads.get"] },
  {
    tool: "read_my_style",
    with: "recipients",
    args: () => ({ to: ["ana.ruiz@helio-capital.example"] }),
    rounds: ["vault", "messages.list x3, settings.sendas.list", "messages.get x2"],
  },
  {
    tool: "read_my_style",
    with: "a message",
    rounds: ["vault", "messages.get, settings.sendas.list", "messages.list x3", "messages.get x2"],
  },
  {
    tool: "draft_email_reply",
    rounds: [
      "vault",
      "messages.get, settings.sendas.list",
      "drafts.create, messages.list x3",
      "drafts.get, messages.get x2",
    ],
  },
  {
    tool: "draft_email_reply",
    with: "files to carry",
    args: ({ filed }) => ({
      mode: "forward",
      message_id: filed,
      to: ["ana.ruiz@helio-capital.example"],
      body: "FYI",
    }),
    rounds: [
      "vault",
      "messages.get, settings.sendas.list",
      "messages.attachments.get",
      "drafts.create, messages.list x3",
      "drafts.get, messages.get x2",
    ],
  },
  { tool: "list_attachments", rounds: ["vault", "messages.get"] },
  { tool: "read_attachment", rounds: ["vault", "messages.get", "messages.attachments.get"] },
  { tool: "check_calendar", rounds: ["vault", "freebusy.query"] },
  { tool: "list_upcoming_events", rounds: ["vault", "events.list"] },
  {
    tool: "create_calendar_event",
    rounds: ["vault", "settings.sendas.list", "messages.list x3", "messages.get x2", "push"],
  },
  { tool: "update_calendar_event", rounds: ["vault", "events.get", "push"] },
  { tool: "cancel_calendar_event", rounds: ["vault", "events.get", "push"] },
  { tool: "label_mail", rounds: ["vault", "labels.list", "messages.get x3", "push"] },
  {
    tool: "label_mail",
    with: "a thread",
    args: ({ threadId }) => ({ thread_ids: [threadId], add: ["Project Falcon"] }),
    rounds: ["vault", "labels.list, threads.get", "messages.get", "push"],
  },
  { tool: "archive_mail", rounds: ["vault", "messages.get x3", "push"] },
  {
    tool: "archive_mail",
    with: "30 mails, no more than 25 at once",
    args: ({ papers }) => ({ message_ids: papers }),
    rounds: ["vault", "messages.get x25", "messages.get x5", "push"],
  },
  { tool: "trash_mail", rounds: ["vault", "messages.get x3", "push"] },
  { tool: "send_email_with_approval", rounds: ["vault", "drafts.get", "push"] },
  {
    tool: "send_email_with_approval",
    with: "two drafts",
    args: ({ draftIds }) => ({ draft_ids: draftIds }),
    rounds: ["vault", "drafts.get x2", "push"],
  },
];

test("every tool has a row", () => {
  expect([...new Set(TABLE.map(({ tool }) => tool))].toSorted()).toEqual(
    ToolName.options.toSorted(),
  );
});

test.each(TABLE.map((row) => ({ ...row, name: `${row.tool} ${row.with ?? ""}`.trim() })))(
  "$name",
  async ({ tool, args = GOOD[tool], rounds }) => {
    // Five requests a minute are all that a phone takes.
    await tools.desk.withdrawAll();
    await tools.desk.freePhone();
    const waves = await tide.of(async () => {
      expect(await tools.call(tool, args(tools.holds))).toMatchObject({ ok: true });
    });
    expect(waves).toEqual(rounds);
  },
);

test("from a phone's yes to the delivered mail", async () => {
  const { desk, holds } = tools;
  await desk.withdrawAll();
  await desk.freePhone();
  await tools.call("send_email_with_approval", GOOD.send_email_with_approval(holds));
  const [asked] = await desk.approvals.open(panel.sub, ["waiting"]);
  const waves = await tide.of(async () => {
    desk.yes();
    await desk.becomes(asked?.view.id ?? "", "executed");
  });
  expect(waves).toEqual(["vault", "drafts.get", "drafts.send"]);
});
