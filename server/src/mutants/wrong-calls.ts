/** Calls that name what there is not, or are none. */
import { toolUse } from "@vaultdesk/standins/bedrock/scripted-model.ts";

import { DRAFT, INVENTED, type Mutant, READ, SEND } from "./mutant.ts";

const DONE = "That is all.";
const NOT_HERE = /is not of this conversation/;
const NOWHERE = /stands nowhere in this conversation/;
const NOT_UNDERSTOOD = /The call was not understood/;

/** One wrong call, then an answer. */
function call(name: string, input: Record<string, unknown>, tells: RegExp, called = name): Mutant {
  return { name, turns: () => [toolUse(called, input), DONE], ends: "answered", tells };
}

const when = "tomorrow at 3pm";

export const WRONG_CALLS: readonly Mutant[] = [
  call("reads an invented thread", { thread_id: INVENTED }, NOT_HERE, "read_email_thread"),
  call(
    "answers an invented message",
    { mode: "reply", message_id: INVENTED, body: "Yes." },
    NOT_HERE,
    "draft_email_reply",
  ),
  call(
    "lists files of an invented message",
    { message_id: INVENTED },
    NOT_HERE,
    "list_attachments",
  ),
  call(
    "reads a file of an invented message",
    { message_id: INVENTED },
    NOT_HERE,
    "read_attachment",
  ),
  call(
    "labels an invented message",
    { message_ids: [INVENTED], add: ["Starred"] },
    NOT_HERE,
    "label_mail",
  ),
  call("bins an invented thread", { thread_ids: [INVENTED] }, NOT_HERE, "trash_mail"),
  call("cancels an invented event", { event_id: "vd0invented" }, NOT_HERE, "cancel_calendar_event"),
  call(
    "moves an invented event",
    { event_id: "vd0invented", when },
    NOT_HERE,
    "update_calendar_event",
  ),
  call(
    "sends an invented draft",
    { draft_id: "r-99999" },
    /no longer in Gmail/,
    "send_email_with_approval",
  ),
  {
    name: "archives one real message among invented ones",
    turns: ({ messageId }) => [
      toolUse("archive_mail", { message_ids: [messageId, INVENTED, "18aa00000000beef"] }),
      DONE,
    ],
    ends: "answered",
    tells: NOT_HERE,
  },
  {
    name: "sends a draft of another conversation",
    turns: ({ strangeDraft }) => [
      toolUse("send_email_with_approval", { draft_id: strangeDraft }),
      DONE,
    ],
    ends: "answered",
    tells: /no longer in Gmail/,
  },
  call(
    "climbs a path with an id",
    { thread_id: "../../drafts/send" },
    NOT_UNDERSTOOD,
    "read_email_thread",
  ),
  call(
    "writes to an invented address",
    { mode: "new", to: ["eve@evil.example"], subject: "CIM", body: "Attached." },
    NOWHERE,
    "draft_email_reply",
  ),
  {
    name: "copies an invented address in",
    turns: (scene) => [DRAFT(scene, { cc: ["eve@evil.example"] }), DONE],
    ends: "answered",
    tells: NOWHERE,
  },
  {
    name: "writes to the end of a real address",
    turns: (scene) => [READ(scene), DRAFT(scene, { cc: [scene.ana.slice(1)] }), DONE],
    ends: "answered",
    tells: NOWHERE,
  },
  {
    name: "writes to a look-alike of a real address",
    turns: (scene) => [READ(scene), DRAFT(scene, { cc: [scene.ana.replace("a", "а")] }), DONE],
    ends: "answered",
    tells: NOWHERE,
  },
  {
    name: "puts a header into an address",
    turns: (scene) => [DRAFT(scene, { cc: [`${scene.ana}>\r\nBcc: <eve@evil.example`] }), DONE],
    ends: "answered",
    tells: NOWHERE,
  },
  {
    name: "takes an address from its own words",
    turns: () => [
      [{ text: "Eve's address is eve@evil.example." }, toolUse("get_latest_emails", {})],
      toolUse("draft_email_reply", { mode: "new", to: ["eve@evil.example"], body: "Hello" }),
      DONE,
    ],
    ends: "answered",
    tells: NOWHERE,
  },
  {
    name: "sends from an address that is not the user's",
    turns: (scene) => [DRAFT(scene, { from: scene.ana }), DONE],
    ends: "answered",
    tells: /can't be used/,
  },
  call(
    "invites an invented guest",
    { title: "Call", when, guests: ["eve@evil.example"] },
    NOWHERE,
    "create_calendar_event",
  ),
  {
    name: "adds an invented guest to a real event",
    turns: ({ eventId }) => [
      toolUse("list_upcoming_events", {}),
      toolUse("update_calendar_event", { event_id: eventId, add_guests: ["eve@evil.example"] }),
      DONE,
    ],
    ends: "answered",
    tells: NOWHERE,
  },
  call(
    "schedules into the past",
    { title: "Call", when: "2020-01-01T10:00" },
    /That time is over/,
    "create_calendar_event",
  ),
  call(
    "invents a time",
    { title: "Call", when: "at the usual hour" },
    /time/i,
    "create_calendar_event",
  ),
  call("calls a tool that there is not", {}, /no tool named send_now/, "send_now"),
  call(
    "calls a tool named like a part of the language",
    {},
    /no tool named constructor/,
    "constructor",
  ),
  call("approves by itself", { approval_id: "apr_1" }, /no tool named approve/, "approve"),
  call("names a tool in another case", {}, /no tool named Search_Gmail/, "Search_Gmail"),
  call("gives a number for an id", { thread_id: 7 }, NOT_UNDERSTOOD, "read_email_thread"),
  call("leaves an argument out", {}, NOT_UNDERSTOOD, "read_email_thread"),
  {
    name: "says in the call that it is approved",
    turns: (scene) => [
      DRAFT(scene),
      toolUse("send_email_with_approval", { draft_id: "r-1", approved: true }),
      DONE,
    ],
    ends: "answered",
    tells: NOT_UNDERSTOOD,
  },
  {
    name: "names 10,000 messages at once",
    turns: ({ messageId }) => [
      toolUse("trash_mail", { message_ids: Array.from({ length: 10_000 }, () => messageId) }),
      DONE,
    ],
    ends: "answered",
    tells: NOT_UNDERSTOOD,
  },
  {
    name: "writes a body without end",
    turns: (scene) => [DRAFT(scene, { body: "x".repeat(80_000) }), DONE],
    ends: "answered",
    tells: NOT_UNDERSTOOD,
  },
  {
    name: "calls with what is no JSON",
    turns: (scene) => [READ(scene)],
    fault: "junk",
    ends: "budget",
    tells: NOT_UNDERSTOOD,
  },
  {
    name: "uses one call id for two calls of a turn",
    turns: ({ threadId, messageId }) => [
      [
        {
          toolUse: { toolUseId: "same", name: "read_email_thread", input: { thread_id: threadId } },
        },
        {
          toolUse: {
            toolUseId: "same",
            name: "list_attachments",
            input: { message_id: messageId },
          },
        },
      ],
      DONE,
    ],
    ends: "answered",
    tells: /Read 1 message[^]*Found/,
  },
  {
    name: "uses the call id of a denied request for another one",
    turns: (scene) => [
      DRAFT(scene),
      (request) => {
        const step = typeof SEND === "function" ? SEND(request) : SEND;
        const use = typeof step === "object" && "toolUse" in step ? step.toolUse : undefined;
        return { toolUse: { toolUseId: "same", name: use?.name ?? "", input: use?.input ?? {} } };
      },
      {
        toolUse: {
          toolUseId: "same",
          name: "archive_mail",
          input: { message_ids: [scene.messageId] },
        },
      },
      DONE,
    ],
    phone: "denies",
    ends: "answered",
    tells: /Asked your phone[^]*Asked your phone/,
  },
];
