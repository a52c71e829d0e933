/**
 * What a member of a deal room may do, as one readable table: which tools, to whom mail and invitations may go, and what in the room itself.
 * A room's lead may change all of it but not past `CEILING`. Pure.
 */
import { z } from "zod";

import { ToolName } from "./scope.ts";
import { ROOM_TOOLS, TOOL_WORDS } from "./tool-words.ts";

export const RoleName = z.enum(["lead", "associate", "analyst", "counsel", "observer"]);
export type RoleName = z.infer<typeof RoleName>;

/** Whom mail and invitations may reach, narrowest first. `circle`: everybody the room knows, of every side. */
export const Reach = z.enum(["nobody", "own_side", "circle", "anyone"]);
export type Reach = z.infer<typeof Reach>;

/** What may be done in the room itself. */
export const Right = z.enum(["members", "roles", "details", "threads", "tracker", "close"]);
export type Right = z.infer<typeof Right>;

export const Role = z.strictObject({
  tools: z.array(ToolName).max(ToolName.options.length),
  reach: Reach,
  rights: z.array(Right).max(Right.options.length),
});
export type Role = z.infer<typeof Role>;

export const Roles = z.strictObject({
  lead: Role,
  associate: Role,
  analyst: Role,
  counsel: Role,
  observer: Role,
});
export type Roles = z.infer<typeof Roles>;

const toolsThat = (...kinds: readonly string[]): ToolName[] =>
  ToolName.options.filter((tool) => kinds.includes(TOOL_WORDS[tool].kind));

const ALL = toolsThat("reads", "drafts", "asks");
const READS = toolsThat("reads");
const without = (tools: readonly ToolName[], ...gone: readonly ToolName[]) =>
  tools.filter((tool) => !gone.includes(tool));

/** As a new room begins. */
export const DEFAULT_ROLES: Roles = {
  lead: { tools: ALL, reach: "anyone", rights: [...Right.options] },
  associate: { tools: ALL, reach: "circle", rights: ["details", "threads", "tracker"] },
  analyst: {
    tools: without(ALL, "cancel_calendar_event", "trash_mail"),
    reach: "own_side",
    rights: ["threads", "tracker"],
  },
  counsel: {
    tools: without(ALL, "label_mail", "archive_mail", "trash_mail"),
    reach: "circle",
    rights: ["tracker"],
  },
  observer: { tools: without(READS, "read_my_style"), reach: "nobody", rights: [] },
};

/** What no room may go past, whoever leads it: an observer writes nothing, and who is neither lead nor associate lets nobody in. */
export const CEILING: Roles = {
  lead: { tools: ALL, reach: "anyone", rights: [...Right.options] },
  associate: { tools: ALL, reach: "anyone", rights: ["members", "details", "threads", "tracker"] },
  analyst: { tools: ALL, reach: "circle", rights: ["details", "threads", "tracker"] },
  counsel: { tools: ALL, reach: "anyone", rights: ["details", "threads", "tracker"] },
  observer: { tools: READS, reach: "nobody", rights: [] },
};

/** What of it goes past the ceiling; empty where it fits. */
export function beyond(roles: Roles, ceiling: Roles = CEILING): string[] {
  return RoleName.options.flatMap((name) => {
    const [wanted, most] = [roles[name], ceiling[name]];
    const more = [
      ...wanted.tools.filter((tool) => !most.tools.includes(tool)).map((t) => TOOL_WORDS[t].to),
      ...wanted.rights.filter((right) => !most.rights.includes(right)).map((r) => RIGHT_WORDS[r]),
      ...(reaches(most.reach, wanted.reach) ? [] : [`write to ${REACH_WORDS[wanted.reach]}`]),
    ];
    return more.map((words) => `${name}: ${words}`);
  });
}

/** Whether `reach` includes all that `wanted` does. */
export function reaches(reach: Reach, wanted: Reach): boolean {
  return Reach.options.indexOf(reach) >= Reach.options.indexOf(wanted);
}

/** What holds where several roles do: nothing that one of them lacks. `undefined` where none does. */
export function narrowest(roles: readonly Role[]): Role | undefined {
  return roles.reduce<Role | undefined>(
    (one, other) =>
      one === undefined
        ? other
        : {
            tools: one.tools.filter((tool) => other.tools.includes(tool)),
            reach: reaches(one.reach, other.reach) ? other.reach : one.reach,
            rights: one.rights.filter((right) => other.rights.includes(right)),
          },
    undefined,
  );
}

/** What a ceiling that was lowered since leaves of roles. */
export function within(roles: Roles, ceiling: Roles): Roles {
  const both = (name: RoleName) => narrowest([roles[name], ceiling[name]]) ?? roles[name];
  return {
    lead: both("lead"),
    associate: both("associate"),
    analyst: both("analyst"),
    counsel: both("counsel"),
    observer: both("observer"),
  };
}

/** Roles that were written before there was a tracker: its right as in a new room, and its tools where the role may read mail. */
export function withTracker(roles: Roles): Roles {
  const more = (name: RoleName): Role => {
    const { tools, reach, rights } = roles[name];
    const begun = DEFAULT_ROLES[name];
    const reads = tools.includes("read_email_thread");
    return {
      tools: [
        ...tools,
        ...begun.tools.filter(
          (tool) => reads && ROOM_TOOLS.includes(tool) && !tools.includes(tool),
        ),
      ],
      reach,
      rights: begun.rights.includes("tracker")
        ? [...new Set([...rights, "tracker" as const])]
        : rights,
    };
  };
  return {
    lead: more("lead"),
    associate: more("associate"),
    analyst: more("analyst"),
    counsel: more("counsel"),
    observer: more("observer"),
  };
}

/** In a room that was closed everybody reads and nobody writes; who may close it may open it again. */
export function closedRole(role: Role): Role {
  return {
    tools: role.tools.filter((tool) => READS.includes(tool)),
    reach: "nobody",
    rights: role.rights.filter((right) => right === "close"),
  };
}

export const REACH_WORDS: Readonly<Record<Reach, string>> = {
  nobody: "nobody",
  own_side: "your own side",
  circle: "the circle",
  anyone: "anyone",
};

/** As in "may ...". */
export const RIGHT_WORDS: Readonly<Record<Right, string>> = {
  members: "invite and remove people",
  roles: "change what roles may do",
  details: "change name, stage, circle and dates",
  threads: "add and remove threads",
  tracker: "say what counterparties have reached",
  close: "close, reopen and delete the room",
};
