/**
 * What each tool says when it can't: arguments that are none, names that nobody here named, permissions that are missing, a vault and a
 * Google that refuse, throttle, fail. The model and the person get the reason; no phone is asked and nothing leaves.
 */
import { CONNECT_SCOPES, missingFor, ToolName } from "@vaultdesk/shared/scope.ts";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";

import { GOOD, toolsDesk } from "./tools-desk.ts";

/** Enough for every attempt at every mail. */
const ALWAYS = 99;
const FAULTS = [401, 404, 429, 500] as const;

interface Row {
  /** The call to Google that is refused; none where proposing asks Google nothing. */
  method?: string;
  /** What Google's 404 means; none where the tool names nothing that could be gone. */
  gone?: string;
  /** What is said to a name that stands nowhere in the conversation; none where words may name anybody. */
  stranger?: string;
  /** Where the record of the conversation is asked, and not its text. */
  strange?: object;
}

const thread = { gone: "thread_unknown", stranger: "unknown_id" };
const event = { method: "calendar.events.get", gone: "event_unknown", stranger: "unknown_id" };
const message = "gmail.users.messages.get";
const filing = { method: message, gone: "nothing_to_move", stranger: "unknown_id" };

const TABLE: Readonly<Record<ToolName, Row>> = {
  search_gmail: { method: "gmail.users.messages.list" },
  get_latest_emails: { method: "gmail.users.messages.list" },
  read_email_thread: { method: "gmail.users.threads.get", ...thread },
  show_terms: { method: "gmail.users.threads.get", ...thread },
  read_tracker: { method: "gmail.users.messages.list" },
  note_milestone: { method: "gmail.users.threads.get", ...thread },
  read_my_style: { method: message, gone: "thread_unknown" },
  draft_email_reply: { method: message, ...thread },
  send_email_with_approval: {
    method: "gmail.users.drafts.get",
    gone: "draft_unknown",
    stranger: "draft_unknown",
    strange: { draft_id: "r1234567" },
  },
  check_calendar: { method: "calendar.freebusy.query", stranger: "unknown_address" },
  list_upcoming_events: { method: "calendar.events.list" },
  create_calendar_event: { stranger: "unknown_address" },
  update_calendar_event: event,
  cancel_calendar_event: event,
  label_mail: filing,
  archive_mail: filing,
  trash_mail: filing,
  list_attachments: { method: message, ...thread },
  read_attachment: { method: "gmail.users.messages.attachments.get", ...thread },
};

/** When -> what is said. */
function expected({ method, gone, stranger }: Row): Record<string, string> {
  return {
    "bad arguments": "bad_arguments",
    ...(stranger === undefined ? {} : { "a stranger": stranger }),
    "not granted": "google_scope_missing",
    "vault 401": "google_reconnect",
    ...(method === undefined
      ? {}
      : {
          "google 403": "google_scope_missing",
          "google 401": "google_reconnect",
          ...(gone === undefined ? {} : { "google 404": gone }),
          "google 429": "google_throttled",
          "google 500": "google_down",
        }),
  };
}

const Said = z.object({ error: z.string(), message: z.string().min(1) });

interface Heard {
  said: Record<string, string>;
  /** The scopes that each refusal for want of one names. */
  named: (readonly string[] | undefined)[];
  pushes: number;
  left: number;
  /** When nothing is in the way but a token that Google took back: the vault has another one. */
  worksAgain: boolean;
}

async function refusalsOf(
  tool: ToolName,
  { method, gone, stranger, strange }: Row,
): Promise<Heard> {
  const state = { lends: true, told: CONNECT_SCOPES, real: CONNECT_SCOPES };
  const { desk, holds, call, close } = await toolsDesk(3, {
    lend: () => state.lends,
    scopes: () => state,
  });
  const good = GOOD[tool](holds);
  const said: Heard["said"] = {};
  const named: Heard["named"] = [];
  const hear = async (when: string, called: ReturnType<typeof call>) => {
    const { json, problem } = await called;
    said[when] = Said.safeParse(json).data?.error ?? "no refusal";
    if (problem?.code === "google_scope_missing") named.push(problem.scopes);
  };

  await hear("bad arguments", call(tool, { nonsense: true }));
  if (stranger !== undefined) {
    const nobody = () => strange !== undefined;
    await hear("a stranger", call(tool, strange ?? good, nobody));
  }
  state.told = CONNECT_SCOPES.filter((scope) => !missingFor(tool, []).includes(scope));
  await hear("not granted", call(tool, good));
  state.told = CONNECT_SCOPES;
  state.lends = false;
  await hear("vault 401", call(tool, good));
  state.lends = true;
  if (method !== undefined) {
    state.real = ["openid"];
    await hear("google 403", call(tool, good));
    state.real = CONNECT_SCOPES;
    for (const fault of FAULTS.filter((one) => one !== 404 || gone !== undefined)) {
      desk.google.faults.next(method, fault, ALWAYS);
      await hear(`google ${fault}`, call(tool, good));
      desk.google.faults.clear();
    }
  }
  const pushes = desk.pushes.length;
  if (method !== undefined) desk.google.faults.next(method, 401, 1);
  const worksAgain = (await call(tool, good)).ok;
  const left = desk.google.outbox.length;
  await close();
  return { said, named, pushes, left, worksAgain };
}

const heard = new Map<ToolName, Heard>();

// All at once, each on its own desk: they wait for the retries together.
beforeAll(async () => {
  await Promise.all(
    ToolName.options.map(async (tool) => heard.set(tool, await refusalsOf(tool, TABLE[tool]))),
  );
}, 60_000);

test.each(ToolName.options)("%s", (tool) => {
  const row = TABLE[tool];
  const needs = missingFor(tool, []);
  const { said, named, ...after } = heard.get(tool) ?? {};
  expect(said).toEqual(expected(row));
  expect(named).toEqual(row.method === undefined ? [needs] : [needs, needs]);
  expect(after).toEqual({ pushes: 0, left: 0, worksAgain: true });
});
