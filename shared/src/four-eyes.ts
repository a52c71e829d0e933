/**
 * Which actions in a deal room need the yes of somebody else besides the one who asks, as one readable table. A room's lead may add rules;
 * `PINNED` holds in every room whatever the lead does. Pure.
 */
import { z } from "zod";

import { Known } from "./known.ts";
import { RoleName } from "./role.ts";

/** `filing`: labels, archive, bin. */
export const What = z.enum(["mail", "event", "filing"]);
export type What = z.infer<typeof What>;

/** Whom the action reaches, any of them. `anyone`: whomever it reaches, or nobody. `outside`: not the room's own side. */
const Audience = z.union([
  z.enum(["anyone", "outside", "counterparty", "adviser"]),
  /** Domains or addresses, as the board's. */
  z.strictObject({ named: z.array(Known).min(1).max(20) }),
]);
export type Audience = z.infer<typeof Audience>;

/** Whose yes counts: an observer's never does. */
export const Approver = RoleName.exclude(["observer"]);
export type Approver = z.infer<typeof Approver>;

export const EyesRule = z.strictObject({
  by: z.array(RoleName).min(1).max(RoleName.options.length),
  what: z.array(What).min(1).max(What.options.length),
  to: Audience,
  /** Any of these roles, in somebody else than the requester. */
  needs: z.array(Approver).min(1).max(Approver.options.length),
  /** So many people besides the requester. */
  count: z.int().min(1).max(3),
});
export type EyesRule = z.infer<typeof EyesRule>;

/** What a room adds to `PINNED`. */
export const EyesRules = z.array(EyesRule).max(10);
export type EyesRules = z.infer<typeof EyesRules>;

/** In every room; no room's row holds them, so that none can leave them out. */
export const PINNED: EyesRules = [
  { by: ["analyst"], what: ["mail", "event"], to: "outside", needs: ["lead"], count: 1 },
];

/** What a lead is offered to add with one press. */
export const SUGGESTED: EyesRules = [
  {
    by: ["lead", "associate", "analyst"],
    what: ["mail", "event"],
    to: "counterparty",
    needs: ["counsel"],
    count: 1,
  },
  {
    by: ["associate", "analyst"],
    what: [...What.options],
    to: "anyone",
    needs: ["lead"],
    count: 1,
  },
];

/** Whether two rules are the same. */
export function sameRule(one: EyesRule, other: EyesRule): boolean {
  return JSON.stringify(EyesRule.parse(one)) === JSON.stringify(EyesRule.parse(other));
}

const WHAT_WORDS: Readonly<Record<What, string>> = {
  mail: "mail",
  event: "an event",
  filing: "filing",
};

const TO_WORDS: Readonly<Record<Exclude<Audience, object>, string>> = {
  anyone: "",
  outside: " to anybody outside",
  counterparty: " to the counterparty",
  adviser: " to an adviser",
};

const ROLE_WORDS: Readonly<Record<RoleName, string>> = {
  lead: "a lead",
  associate: "an associate",
  analyst: "an analyst",
  counsel: "counsel",
  observer: "an observer",
};

function oneOf(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}

/** "counsel", "2 of a lead or an associate". */
export function approversWords({
  needs,
  count,
}: {
  needs: readonly Approver[];
  count: number;
}): string {
  const roles = oneOf(needs.map((role) => ROLE_WORDS[role]));
  return count === 1 ? roles : `${count} of ${roles}`;
}

/** As "Mail or an event to anybody outside by an analyst needs a lead." */
export function ruleWords(rule: EyesRule): string {
  const { by, what, to } = rule;
  const things =
    what.length === What.options.length ? "anything" : oneOf(what.map((w) => WHAT_WORDS[w]));
  const whom = typeof to === "string" ? TO_WORDS[to] : ` to ${oneOf(to.named)}`;
  const who =
    by.length === RoleName.options.length ? "" : ` by ${oneOf(by.map((role) => ROLE_WORDS[role]))}`;
  const sentence = `${things}${whom}${who} needs ${approversWords(rule)}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
