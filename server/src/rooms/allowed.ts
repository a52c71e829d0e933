/**
 * What a member may have done on the threads of a deal room: which of the roles that hold lacks the tool of a deed, or does not reach
 * whom it goes to. The server's word, whatever a model or a panel wishes. Pure.
 */
import { type Action, type Deed, deedsOf } from "@vaultdesk/shared/action.ts";
import { REACH_WORDS, type Role, type RoleName } from "@vaultdesk/shared/role.ts";
import type { CircleEntry } from "@vaultdesk/shared/room.ts";
import type { ToolName } from "@vaultdesk/shared/scope.ts";
import { TOOL_WORDS } from "@vaultdesk/shared/tool-words.ts";

import { parseAddresses } from "../google/addresses.ts";
import { sideOf } from "./room.ts";

/** A member in one room, as of now. */
export interface Standing {
  codeName: string;
  name: RoleName;
  /** What the role comes to: nothing is written in a closed room. */
  role: Role;
  circle: readonly CircleEntry[];
  /** Addresses of the room's members: own side, whatever the circle says. */
  members: ReadonlySet<string>;
}

/** The tool that a deed is: archiving is a label taken off. */
function toolOfDeed(deed: Deed): ToolName {
  switch (deed.kind) {
    case "email.send":
      return "send_email_with_approval";
    case "event.create":
      return "create_calendar_event";
    case "event.update":
      return "update_calendar_event";
    case "event.cancel":
      return "cancel_calendar_event";
    case "mail.trash":
    case "mail.untrash":
      return "trash_mail";
    case "mail.label": {
      const moved = deed.messages.flatMap(({ add, remove }) => [...add, ...remove]);
      return moved.every(({ id }) => id === "INBOX") ? "archive_mail" : "label_mail";
    }
  }
}

/** Addresses that get something of a deed: recipients, and guests of before and after. */
export function reachedBy(deed: Deed): string[] {
  const lists = (() => {
    switch (deed.kind) {
      case "email.send":
        return [...deed.content.to, ...deed.content.cc, ...deed.content.bcc];
      case "event.update":
        return [...deed.before.guests, ...deed.content.guests];
      case "event.create":
      case "event.cancel":
        return deed.content.guests;
      case "mail.label":
      case "mail.trash":
      case "mail.untrash":
        return [];
    }
  })();
  return [...new Set(parseAddresses(lists.join(", ")).map(({ address }) => address))];
}

function within(address: string, { role, circle, members }: Standing): boolean {
  switch (role.reach) {
    case "anyone":
      return true;
    case "circle":
      return members.has(address) || sideOf(address, circle) !== undefined;
    case "own_side":
      return members.has(address) || sideOf(address, circle) === "own";
    case "nobody":
      return false;
  }
}

export function lackWords({ name, codeName }: Standing, tool: ToolName): string {
  return `As ${name} in ${codeName} you may not ${TOOL_WORDS[tool].to}.`;
}

/** Why not, in one sentence; `undefined` where every role that holds allows all of it. */
export function lackOf(action: Action, standings: readonly Standing[]): string | undefined {
  for (const standing of standings) {
    const { codeName, name, role } = standing;
    for (const deed of deedsOf(action)) {
      const tool = toolOfDeed(deed);
      if (!role.tools.includes(tool)) {
        return lackWords(standing, tool);
      }
      const out = reachedBy(deed).find((address) => !within(address, standing));
      if (out !== undefined) {
        return `As ${name} in ${codeName} you may write to ${REACH_WORDS[role.reach]}; ${out} is not among them.`;
      }
    }
  }
  return undefined;
}
