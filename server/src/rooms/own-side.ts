/**
 * What a room may call its own side. Own side goes past four eyes and the tiers of documents, so no member alone puts a buyer there: it is
 * the domains of the mailboxes of those who joined, and what the organisation names. Pure.
 */
import type { CircleEntry } from "@vaultdesk/shared/room.ts";

import { isKnown } from "./room.ts";

/** Anybody has a mailbox there. A connected mailbox of a person, and not of a company, is at one of them. */
const ANYBODYS = ["gmail.com", "googlemail.com"];

const domainOf = (who: string) => who.slice(who.lastIndexOf("@") + 1);

/** A parent of a member's domain is not theirs: it may be a public suffix. */
function isWithin(who: string, whole: string): boolean {
  return whole.includes("@") ? who === whole : isKnown(`x@${domainOf(who)}`, whole);
}

/** Of the lines that are own side from now on, the first that nothing speaks for. `members`: addresses of those who joined. */
export function strangeOwn(
  before: readonly CircleEntry[],
  after: readonly CircleEntry[],
  members: readonly string[],
  named: readonly string[],
): string | undefined {
  const was = new Set(before.filter(({ side }) => side === "own").map(({ who }) => who));
  const proven = [
    ...named,
    ...members,
    ...members.map(domainOf).filter((domain) => !ANYBODYS.includes(domain)),
  ];
  return after
    .filter(({ who, side }) => side === "own" && !was.has(who))
    .find(({ who }) => !proven.some((whole) => isWithin(who, whole)))?.who;
}

/** For the record, without a name: how many lines came to each side, as "2 own, 1 adviser". */
export function movedLines(
  before: readonly CircleEntry[],
  after: readonly CircleEntry[],
): string | undefined {
  const came = after.filter(
    ({ who, side }) => !before.some((one) => one.who === who && one.side === side),
  );
  const counts = [...Map.groupBy(came, ({ side }) => side)];
  return counts.length === 0
    ? undefined
    : counts.map(([side, lines]) => `${lines.length} ${side}`).join(", ");
}
