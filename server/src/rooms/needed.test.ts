import type { Action } from "@vaultdesk/shared/action.ts";
import { EyesRule, PINNED, ruleWords } from "@vaultdesk/shared/four-eyes.ts";
import { DraftId } from "@vaultdesk/shared/id.ts";
import type { RoleName } from "@vaultdesk/shared/role.ts";
import { array, assert, constantFrom, nat, option, property, tuple, uniqueArray } from "fast-check";
import { describe, expect, test } from "vitest";

import { choose, type EyesMember, type EyesRoom, needsOf, unanswered } from "./needed.ts";

const member = (sub: string, role: RoleName, more: Partial<EyesMember> = {}): EyesMember => ({
  id: `mem_${sub}`,
  sub,
  address: `${sub}@us.example`,
  role,
  since: `2026-11-0${sub.length}T00:00:00.000Z`,
  present: false,
  away: undefined,
  ...more,
});

/** Away, with this person standing in. */
const awayFor = (sub: string): Partial<EyesMember> => ({
  away: { until: "2026-12-03", standIn: `mem_${sub}` },
});

const ANY = { minLength: 1, maxLength: 8 };

const rule = (change: Partial<EyesRule> = {}): EyesRule =>
  EyesRule.parse({
    by: ["lead", "associate", "analyst"],
    what: ["mail", "event"],
    to: "counterparty",
    needs: ["counsel"],
    count: 1,
    ...change,
  });

const room = (rules: readonly EyesRule[], change: Partial<EyesRoom> = {}): EyesRoom => ({
  id: "rom_1",
  circle: [
    { who: "us.example", side: "own" },
    { who: "them.example", side: "counterparty" },
    { who: "law.example", side: "adviser" },
  ],
  rules,
  members: [
    member("lea", "lead"),
    member("assoc", "associate"),
    member("ben", "analyst"),
    member("cora", "counsel", { address: "cora@law.example" }),
    member("otto", "observer"),
  ],
  ...change,
});

const mail = (...to: readonly string[]): Action => ({
  kind: "email.send",
  draftId: DraftId.parse("r-1"),
  content: {
    from: "ben@us.example",
    to: [...to],
    cc: [],
    bcc: [],
    subject: "NDA",
    text: "Hello",
    attachments: [],
  },
  rawSha256: "0".repeat(64),
});

const askedOf = (action: Action, sub: string, rooms: readonly EyesRoom[]) => {
  const chosen = choose(needsOf(action, sub, rooms), sub, rooms);
  return chosen.ok ? chosen.seconds.map((one) => one.sub) : `nobody: ${chosen.need.why}`;
};

describe("who else must say yes", () => {
  const board = rule({
    by: ["lead", "associate", "analyst", "counsel", "observer"],
    to: { named: ["board.example"] },
    needs: ["lead", "associate", "counsel"],
    count: 2,
  });
  test.each<[string, EyesRule[], string, string[], string[] | string]>([
    [
      "an analyst outside: the lead, by the rule that is pinned",
      [],
      "ben",
      ["x@far.example"],
      ["lea"],
    ],
    ["an analyst to their own side: nobody", [], "ben", ["lea@us.example"], []],
    ["an analyst to a member with an address outside: nobody", [], "ben", ["cora@law.example"], []],
    ["an associate outside, no rule of the room: nobody", [], "assoc", ["x@far.example"], []],
    ["to the counterparty: counsel", [rule()], "assoc", ["x@them.example"], ["cora"]],
    [
      "one of two is the counterparty: counsel",
      [rule()],
      "lea",
      ["a@us.example", "x@deep.them.example"],
      ["cora"],
    ],
    [
      "who has the role is not asked for by the rule: nobody",
      [rule()],
      "cora",
      ["x@them.example"],
      [],
    ],
    ["two rules, two people", [rule()], "ben", ["x@them.example"], ["lea", "cora"]],
    ["two of three, never the requester", [board], "lea", ["x@board.example"], ["cora", "assoc"]],
    ["another kind of thing: nobody", [rule({ what: ["event"] })], "assoc", ["x@them.example"], []],
    ["anyone, however near", [rule({ to: "anyone" })], "assoc", ["lea@us.example"], ["cora"]],
    [
      "nobody of that role is there",
      [rule({ by: ["counsel"], needs: ["counsel"] })],
      "cora",
      ["x@them.example"],
      "nobody: Mail or an event to the counterparty by counsel needs counsel.",
    ],
  ])("%s", (_, rules, sub, to, wanted) => {
    expect(askedOf(mail(...to), sub, [room(rules)])).toEqual(wanted);
  });

  test("one person who answers two rules is asked once", () => {
    const two = [rule({ needs: ["lead"] }), rule({ needs: ["counsel", "lead"] })];
    expect(askedOf(mail("x@them.example"), "assoc", [room(two)])).toEqual(["lea"]);
  });

  test("who has a panel open is asked before who has been there longer", () => {
    const members = [
      member("ben", "analyst"),
      member("lea", "lead"),
      member("later", "lead", { present: true }),
    ];
    const asks = () => askedOf(mail("x@far.example"), "ben", [room([], { members })]);
    expect(asks()).toEqual(["later"]);
    members[2] = member("later", "lead");
    expect(asks()).toEqual(["lea"]);
  });

  test.each<[string, string, EyesMember[], string[] | string]>([
    [
      "who stands in is asked in their place, also where they have another role",
      "ben",
      [member("lea", "lead", awayFor("assoc")), member("assoc", "associate")],
      ["assoc for lea"],
    ],
    [
      "and before a lead of their own who came later",
      "ben",
      [
        member("lea", "lead", awayFor("assoc")),
        member("assoc", "associate"),
        member("late", "lead"),
      ],
      ["assoc for lea"],
    ],
    [
      "an observer stands in for nobody: who is away is asked, since nobody else may",
      "ben",
      [member("lea", "lead", awayFor("otto")), member("otto", "observer")],
      ["lea"],
    ],
    [
      "the requester stands in for nobody",
      "ben",
      [member("lea", "lead", awayFor("ben")), member("assoc", "associate")],
      ["lea"],
    ],
    [
      "who stands in is away too: somebody who is here",
      "ben",
      [
        member("lea", "lead", awayFor("assoc")),
        member("assoc", "associate", awayFor("lea")),
        member("late", "lead"),
      ],
      ["late"],
    ],
  ])("away: %s", (_, asks, others, wanted) => {
    const rooms = [room([], { members: [member("ben", "analyst"), ...others] })];
    const chosen = choose(needsOf(mail("x@far.example"), asks, rooms), asks, rooms);
    const said = chosen.ok
      ? chosen.seconds.map(({ sub, standsFor }) =>
          standsFor === undefined ? sub : `${sub} for ${standsFor.who.split("@")[0]}`,
        )
      : `nobody: ${chosen.need.why}`;
    expect(said).toEqual(wanted);
  });

  test("who is away and who stands in for them are one yes; nobody stands in for the one who asks", () => {
    const two = rule({ to: "anyone", needs: ["lead"], count: 2 });
    const absent = [member("lea", "lead", awayFor("assoc")), member("assoc", "associate")];
    const asker = member("boss", "lead", awayFor("assoc"));
    const rooms = [room([two], { members: [asker, ...absent] })];
    const needs = needsOf(mail("x@them.example"), "boss", rooms);
    expect(unanswered(needs, "boss", ["lea", "assoc"], rooms)?.count).toBe(2);
    expect(choose(needs, "boss", rooms).ok).toBe(false);
    const alone = [
      room([rule({ needs: ["lead"] })], { members: [asker, member("assoc", "associate")] }),
    ];
    expect(askedOf(mail("x@them.example"), "boss", alone)).toMatch(/^nobody/);
  });

  test("of two rooms only who is in both is asked: nobody learns of a room by it", () => {
    const other = room([rule()], {
      id: "rom_2",
      members: [member("assoc", "associate"), member("carl", "counsel")],
    });
    expect(askedOf(mail("x@them.example"), "assoc", [room([]), other])).toMatch(/^nobody/);
    expect(askedOf(mail("x@them.example"), "assoc", [other])).toEqual(["carl"]);
  });

  test("whoever is chosen is enough and is not the requester; where nobody is, all the others would not be enough", () => {
    const roles = constantFrom<RoleName[]>("lead", "associate", "analyst", "counsel", "observer");
    const approvers = constantFrom("lead" as const, "associate" as const, "counsel" as const);
    const rules = array(
      uniqueArray(approvers, { minLength: 1 }).map((needs) => rule({ to: "anyone", needs })),
      { maxLength: 4 },
    );
    assert(
      property(array(tuple(roles, option(nat(7))), ANY), rules, (each, more) => {
        const members = each.map(([role, standIn], index) =>
          member(`m${index}`, role, standIn === null ? {} : awayFor(`m${standIn}`)),
        );
        const rooms = [room(more, { members })];
        const needs = needsOf(mail("x@them.example"), "m0", rooms);
        const chosen = choose(needs, "m0", rooms);
        const all = members.map((one) => one.sub).filter((sub) => sub !== "m0");
        const subs = chosen.ok ? chosen.seconds.map((one) => one.sub) : all;
        expect(subs).not.toContain("m0");
        expect(new Set(subs).size).toBe(subs.length);
        expect(unanswered(needs, "m0", subs, rooms) === undefined).toBe(chosen.ok);
      }),
    );
  });

  test("a rule reads as a sentence", () => {
    expect([...PINNED, rule(), board].map(ruleWords)).toEqual([
      "Mail or an event to anybody outside by an analyst needs a lead.",
      "Mail or an event to the counterparty by a lead, an associate or an analyst needs counsel.",
      "Mail or an event to board.example needs 2 of a lead, an associate or counsel.",
    ]);
  });
});
