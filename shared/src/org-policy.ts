/**
 * What an organisation sets for everybody, as one readable file. Of what people may do it only takes away: the ceiling of roles and the rules that no room can
 * loosen begin as the built-in ones, and a file can lower the one and add to the others. Pure.
 */
import { z } from "zod";

import { EyesRule, type EyesRules, PINNED } from "./four-eyes.ts";
import { Known } from "./known.ts";
import { CEILING, Reach, reaches, Right, type Role, RoleName, Roles } from "./role.ts";
import { ToolName } from "./scope.ts";

/** Days after the last word in a conversation until it is erased. */
const CONVERSATION_DAYS = 30;

const people = z.array(Known).max(1000);

/** What it takes from a role in every room. */
const Less = z.strictObject({
  without: z.array(ToolName).max(ToolName.options.length).default([]),
  reach: Reach.optional(),
  rights: z.array(Right).max(Right.options.length).optional(),
});
type Less = z.infer<typeof Less>;

export const OrgPolicy = z.strictObject({
  $schema: z.string().optional().describe("Where this schema lies; for editors alone."),
  models: z
    .array(z.string().regex(/^(bedrock|ollama)\/\S+$/, "must be bedrock/MODEL or ollama/MODEL"))
    .min(1)
    .max(50)
    .optional()
    .describe("Models that may answer, as PROVIDER/NAME. The server starts with no other."),
  recipients: z
    .strictObject({
      blocked: people.default([]).describe("Domains, with all below them, and addresses."),
      only: people
        .min(1)
        .optional()
        .describe("If it is set, nobody else. Your own domains belong to it."),
    })
    .optional()
    .describe("Whom mail and invitations may never, or only, reach."),
  roomMakers: people
    .optional()
    .describe("Whose mailbox may make deal rooms; without it everybody's, empty nobody's."),
  ownSide: people
    .default([])
    .describe("Domains and addresses that a room may call its own side besides its members'."),
  roles: z
    .strictObject({
      lead: Less.optional(),
      associate: Less.optional(),
      analyst: Less.optional(),
      counsel: Less.optional(),
      observer: Less.optional(),
    })
    .optional()
    .describe(
      "What a role may not have in any room: tools, a reach and rights that it stays within.",
    ),
  rules: z
    .array(EyesRule)
    .max(20)
    .default([])
    .describe("Whose yes an action needs besides, in every room, beside the built-in rule."),
  keep: z
    .strictObject({
      conversations: z
        .int()
        .min(1)
        .max(3650)
        .default(CONVERSATION_DAYS)
        .describe("Days after the last word in a conversation until it is erased."),
      audit: z
        .int()
        .min(90)
        .max(36_500)
        .optional()
        .describe("Days that a row of the audit trail is kept; without it all of them for good."),
    })
    .optional()
    .describe("How long what is kept is kept."),
});
export type OrgPolicy = z.infer<typeof OrgPolicy>;

/** What holds: the file's word over the built-in one. */
export interface InForce {
  /** Whether an organisation set anything. */
  set: boolean;
  models: readonly string[] | undefined;
  blocked: readonly string[];
  only: readonly string[] | undefined;
  roomMakers: readonly string[] | undefined;
  /** Besides the domains of a room's members. */
  ownSide: readonly string[];
  ceiling: Roles;
  pinned: EyesRules;
  keep: { conversations: number; audit?: number | undefined };
}

function lowered(most: Role, less: Less | undefined): Role {
  if (less === undefined) return most;
  const { without, reach = most.reach, rights = most.rights } = less;
  return {
    tools: most.tools.filter((tool) => !without.includes(tool)),
    reach,
    rights: [...rights],
  };
}

export function inForce(file: OrgPolicy | undefined): InForce {
  const { models, recipients, roomMakers, ownSide = [], roles = {}, rules = [], keep } = file ?? {};
  return {
    set: file !== undefined,
    models,
    blocked: recipients?.blocked ?? [],
    only: recipients?.only,
    roomMakers,
    ownSide,
    ceiling: {
      lead: lowered(CEILING.lead, roles.lead),
      associate: lowered(CEILING.associate, roles.associate),
      analyst: lowered(CEILING.analyst, roles.analyst),
      counsel: lowered(CEILING.counsel, roles.counsel),
      observer: lowered(CEILING.observer, roles.observer),
    },
    pinned: [...PINNED, ...rules],
    keep: keep ?? { conversations: CONVERSATION_DAYS },
  };
}

export const BUILT_IN: InForce = inForce(undefined);

/** What is wrong with a file that fits the schema: `key: what, and the mend`. */
export function orgPolicyFaults({ recipients, roles = {} }: OrgPolicy): string[] {
  const looser = RoleName.options.flatMap((name) => {
    const { reach, rights = [] } = roles[name] ?? {};
    const most = CEILING[name];
    const more = rights.filter((right) => !most.rights.includes(right));
    return [
      ...(reach === undefined || reaches(most.reach, reach)
        ? []
        : [
            `roles.${name}.reach: ${reach} is more than ${most.reach}, which is the most; name less`,
          ]),
      ...more.map((right) => `roles.${name}.rights: no ${name} has ${right}; leave it out`),
    ];
  });
  // Nobody could open, close or delete the rooms that there are.
  const locked =
    roles.lead?.rights === undefined
      ? []
      : ["roles.lead.rights: a lead keeps all rights, or nobody could close a room; leave it out"];
  const both = (recipients?.only ?? []).filter((who) => recipients?.blocked.includes(who));
  return [
    ...looser,
    ...locked,
    ...both.map((who) => `recipients: ${who} is in only and in blocked; leave it in one`),
  ];
}

/** Models may be named with a `*` at their end. */
export function allowsModel(models: readonly string[] | undefined, model: string): boolean {
  return (
    models === undefined ||
    models.some((one) => (one.endsWith("*") ? model.startsWith(one.slice(0, -1)) : one === model))
  );
}

/** What of it the panel tells. */
export const OrgPolicyView = z.object({
  set: z.boolean(),
  models: z.array(z.string()).optional(),
  blocked: z.array(z.string()),
  only: z.array(z.string()).optional(),
  /** Absent where it names none. */
  ownSide: z.array(z.string()).optional(),
  /** Whether the caller may make deal rooms. */
  makesRooms: z.boolean(),
  ceiling: Roles,
  pinned: z.array(EyesRule),
  /** Days; absent from a server that keeps them until they are deleted. */
  keep: z.object({ conversations: z.number(), audit: z.number().optional() }).optional(),
});
export type OrgPolicyView = z.infer<typeof OrgPolicyView>;
