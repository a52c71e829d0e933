/** Role x tool x action: every cell is made of the definitions, and decided here by another way than the code does. */
import type { Action, Deed } from "@vaultdesk/shared/action.ts";
import { EventId } from "@vaultdesk/shared/calendar-event.ts";
import { DraftId, MessageId } from "@vaultdesk/shared/id.ts";
import { closedRole, DEFAULT_ROLES, RoleName } from "@vaultdesk/shared/role.ts";
import type { ToolName } from "@vaultdesk/shared/scope.ts";
import { expect, test } from "vitest";

import { lackOf, type Standing } from "./allowed.ts";

const OWN = "bo@northgate.example";
const KNOWN = "ana.ruiz@helio-capital.example";
const STRANGER = "eve@evil.example";
const circle = [
  { who: "northgate.example", side: "own" as const },
  { who: "helio-capital.example", side: "counterparty" as const },
];

const mail = (to: string): Deed => ({
  kind: "email.send",
  draftId: DraftId.parse("r-1"),
  content: {
    from: OWN,
    to: [`X <${to}>`],
    cc: [],
    bcc: [],
    subject: "",
    text: "",
    attachments: [],
  },
  rawSha256: "0".repeat(64),
});
const content = (guest: string) => ({
  title: "Closing",
  start: "2026-11-25T13:00:00Z",
  end: "2026-11-25T13:30:00Z",
  allDay: false,
  timeZone: "UTC",
  location: "",
  description: "",
  guests: [guest],
  meet: false,
});
const eventId = EventId.parse("vd0000000000000000000000000000000000");
const moved = (add: string[], remove: string[]) => [
  {
    messageId: MessageId.parse("19d847db53731d21"),
    from: "",
    subject: "",
    date: "",
    add: add.map((id) => ({ id, name: id })),
    remove: remove.map((id) => ({ id, name: id })),
  },
];

/** Each kind of deed, by the tool that it is. */
const DEEDS: readonly (readonly [ToolName, (to: string) => Deed, "reaches" | "moves"])[] = [
  ["send_email_with_approval", mail, "reaches"],
  [
    "create_calendar_event",
    (to) => ({ kind: "event.create", eventId, content: content(to), guestsMailed: true }),
    "reaches",
  ],
  [
    "update_calendar_event",
    (to) => ({
      kind: "event.update",
      eventId,
      before: content(OWN),
      content: content(to),
      guestsMailed: true,
    }),
    "reaches",
  ],
  [
    "cancel_calendar_event",
    (to) => ({ kind: "event.cancel", eventId, content: content(to), guestsMailed: true }),
    "reaches",
  ],
  ["archive_mail", () => ({ kind: "mail.label", messages: moved([], ["INBOX"]) }), "moves"],
  ["label_mail", () => ({ kind: "mail.label", messages: moved(["Label_1"], []) }), "moves"],
  ["label_mail", () => ({ kind: "mail.label", messages: moved(["Label_1"], ["INBOX"]) }), "moves"],
  ["trash_mail", () => ({ kind: "mail.trash", messages: moved(["TRASH"], []) }), "moves"],
  ["trash_mail", () => ({ kind: "mail.untrash", messages: moved([], ["TRASH"]) }), "moves"],
];

const WITHIN: Readonly<Record<string, readonly string[]>> = {
  nobody: [],
  own_side: [OWN],
  circle: [OWN, KNOWN],
  anyone: [OWN, KNOWN, STRANGER],
};

const standing = (name: RoleName, closed = false): Standing => ({
  codeName: "Falcon",
  name,
  role: closed ? closedRole(DEFAULT_ROLES[name]) : DEFAULT_ROLES[name],
  circle,
  members: new Set(),
});

const cells = RoleName.options.flatMap((name) =>
  DEEDS.flatMap(([tool, deed, how]) =>
    [OWN, KNOWN, STRANGER].map((to) => ({ name, tool, deed: deed(to), how, to })),
  ),
);

test(`${cells.length} cells of role x tool x action`, () => {
  for (const { name, tool, deed, how, to } of cells) {
    const { tools, reach } = DEFAULT_ROLES[name];
    const may = tools.includes(tool) && (how === "moves" || WITHIN[reach]?.includes(to) === true);
    expect([name, tool, to, lackOf(deed, [standing(name)]) === undefined]).toEqual([
      name,
      tool,
      to,
      may,
    ]);
    expect(lackOf(deed, [standing(name, true)])).toBeDefined();
    // A second room can only take away.
    expect(lackOf(deed, [standing("lead"), standing(name)]) === undefined).toBe(may);
  }
});

test("outside of rooms nothing is lacking, and one mail of a bundle stops all", () => {
  expect(lackOf(mail(STRANGER), [])).toBeUndefined();
  const one = mail(OWN);
  const other = mail(STRANGER);
  if (one.kind !== "email.send" || other.kind !== "email.send") throw new Error("no mail");
  const bundle: Action = { kind: "bundle", actions: [one, other] };
  expect(lackOf(bundle, [standing("associate")])).toBe(
    `As associate in Falcon you may write to the circle; ${STRANGER} is not among them.`,
  );
});

test("a member is own side, a person's line stands before their domain's, and a guest who is taken off is reached too", () => {
  const members = new Set([STRANGER]);
  expect(lackOf(mail(STRANGER), [{ ...standing("analyst"), members }])).toBeUndefined();
  const turned = [...circle, { who: OWN, side: "counterparty" as const }];
  expect(lackOf(mail(OWN), [{ ...standing("analyst"), circle: turned }])).toBeDefined();
  const off: Deed = {
    kind: "event.update",
    eventId,
    before: content(STRANGER),
    content: content(OWN),
    guestsMailed: true,
  };
  expect(lackOf(off, [standing("associate")])).toContain(STRANGER);
});

test("a domain that only ends like one of the circle is not of it", () => {
  expect(lackOf(mail("x@notnorthgate.example"), [standing("analyst")])).toBeDefined();
  expect(lackOf(mail("x@mail.northgate.example"), [standing("analyst")])).toBeUndefined();
});
