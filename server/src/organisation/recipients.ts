/** Whom the organisation lets what leaves reach, and who may make rooms. Asked at the wish and at the yes. Pure. */
import { domainToASCII } from "node:url";

import { type Action, type Deed, deedsOf } from "@vaultdesk/shared/action.ts";
import type { InForce } from "@vaultdesk/shared/org-policy.ts";

import { reachedBy } from "../rooms/allowed.ts";
import { isKnown } from "../rooms/room.ts";

/** One spelling of a domain, with and without a final dot, in letters of any script or in `xn--` (RFC 5891). */
function asDns(who: string): string {
  const at = who.lastIndexOf("@") + 1;
  const domain = who.slice(at).replace(/\.$/, "");
  return `${who.slice(0, at)}${domainToASCII(domain) || domain}`.toLowerCase();
}

function isAmong(address: string, list: readonly string[]): boolean {
  return list.some((who) => isKnown(asDns(address), asDns(who)));
}

/** Whom it tells something new. Nobody hears of an event that is cancelled, or of being taken off it, where Google mails no guests. */
function tells(deed: Deed): string[] {
  switch (deed.kind) {
    case "event.cancel":
      return deed.guestsMailed ? reachedBy(deed) : [];
    case "event.update":
      return deed.guestsMailed
        ? reachedBy(deed)
        : reachedBy({ ...deed, before: { ...deed.before, guests: [] } });
    case "email.send":
    case "event.create":
    case "mail.label":
    case "mail.trash":
    case "mail.untrash":
      return reachedBy(deed);
  }
}

type Recipients = Pick<InForce, "blocked" | "only">;

/** Why nothing may go to an address, in one sentence; `undefined` where it may. */
export function addressKept(address: string, { blocked, only }: Recipients): string | undefined {
  if (isAmong(address, blocked)) return `It blocks ${address}.`;
  return only === undefined || isAmong(address, only)
    ? undefined
    : `It names whom mail and invitations may go to, and ${address} is not among them.`;
}

/** The same of the first whom an action may not reach. */
export function keptFrom(action: Action, recipients: Recipients): string | undefined {
  for (const address of deedsOf(action).flatMap(tells)) {
    const kept = addressKept(address, recipients);
    if (kept !== undefined) return kept;
  }
  return undefined;
}

export function makesRooms({ roomMakers }: Pick<InForce, "roomMakers">, address: string): boolean {
  return roomMakers === undefined || isAmong(address, roomMakers);
}
