/**
 * What is known of the people in a draft or an event, written down when they were named: where each address comes from, whether the user
 * wrote to them before, whom they look like. The warnings are read from it again whenever the mail changes. Pure.
 */
import type { DraftContent } from "@vaultdesk/shared/draft.ts";
import { Origin, Warning, worstFirst } from "@vaultdesk/shared/warning.ts";
import { z } from "zod";

import { domainOf } from "../google/acquaintance.ts";
import { parseAddresses, type Party } from "../google/addresses.ts";
import { strangeLetters } from "./lookalike.ts";

const Standing = z.object({
  origin: Origin,
  met: z.enum(["address", "domain", "own", "never", "unknown"]),
  /** A known domain that this one only looks like. */
  like: z.string().optional(),
  /** The known address whose name this one bears. */
  poses: z.string().optional(),
});
export type Standing = z.infer<typeof Standing>;

export const Dossier = z.object({
  /** By address, lower-cased. */
  people: z.record(z.string(), Standing),
  /** The owner's own addresses. */
  own: z.array(z.string()),
  /** About the text and the request, not about an address. */
  notes: z.array(Warning),
});
export type Dossier = z.infer<typeof Dossier>;

export interface Judged {
  origins: Record<string, Origin>;
  warnings: Warning[];
}

const MANY = 8;

function firstTime(address: string, { met }: Standing): Warning[] {
  switch (met) {
    case "address":
    case "own":
      return [];
    case "domain":
      return [{ kind: "first_time_address", about: address }];
    case "never":
      return [{ kind: "first_time_domain", about: domainOf(address) }];
    case "unknown":
      return [{ kind: "not_looked_up", about: address }];
  }
}

/** A name may be anything, so an address in it is a lie unless it is the address. */
function posing({ name, address }: Party, { poses }: Standing): Warning[] {
  const claimed = parseAddresses(name.replace(/[<>"]/g, " "))[0]?.address;
  const of =
    claimed !== undefined && claimed.includes("@") && claimed !== address ? claimed : poses;
  return of === undefined ? [] : [{ kind: "display_name_spoof", about: address, of }];
}

function about(party: Party, standing: Standing, inThread: boolean): Warning[] {
  const { address } = party;
  const strange = strangeLetters(party);
  return [
    ...(standing.origin === "text"
      ? [{ kind: "from_mail_text_only", about: address } as const]
      : []),
    ...(standing.like === undefined
      ? []
      : [{ kind: "look_alike_domain", about: address, of: standing.like } as const]),
    ...(strange === undefined ? [] : [{ kind: strange, about: address } as const]),
    ...posing(party, standing),
    ...firstTime(address, standing),
    ...(inThread && !["thread", "user"].includes(standing.origin)
      ? [{ kind: "not_in_this_thread", about: address } as const]
      : []),
    ...(/^[^@]*\+[^@]*@/.test(address) ? [{ kind: "plus_address", about: address } as const] : []),
  ];
}

function judge(parties: readonly Party[], dossier: Dossier, inThread: boolean): Judged {
  const origins: Record<string, Origin> = {};
  const warnings: Warning[] = [];
  for (const party of parties) {
    const standing = dossier.people[party.address] ?? { origin: "user", met: "unknown" };
    origins[party.address] = standing.origin;
    warnings.push(...about(party, standing, inThread));
  }
  if (parties.length >= MANY) {
    warnings.push({ kind: "reply_all_many", about: String(parties.length) });
  }
  return { origins, warnings };
}

export function partiesOf({ to, cc, bcc }: Pick<DraftContent, "to" | "cc" | "bcc">): Party[] {
  return parseAddresses([...to, ...cc, ...bcc].join(", "));
}

/** After an edit by hand: whoever was not there before is the user's own word, even if a mail had named them too. */
export function editedBy(
  dossier: Dossier | undefined,
  before: DraftContent,
  after: DraftContent,
): Dossier | undefined {
  if (dossier === undefined) return undefined;
  const were = new Set(partiesOf(before).map(({ address }) => address));
  const added = partiesOf(after).filter(({ address }) => !were.has(address));
  const people = { ...dossier.people };
  for (const { address } of added) delete people[address];
  return { ...dossier, people };
}

/** A note stays while what it names still stands there. */
function stands(note: Warning, { to, cc, bcc, text }: DraftContent): boolean {
  const { kind, about: what } = note;
  if (["bank_details", "link_from_mail", "text_of_other_mail", "words_of_mail"].includes(kind)) {
    return text.includes(what);
  }
  if (kind !== "reply_to_differs") return true;
  return [...to, ...cc, ...bcc].some((mailbox) => mailbox.includes(what));
}

/** To whom the user never wrote, and whom they did not name themselves. */
function filesTo(parties: readonly Party[], { people }: Dossier): Warning[] {
  return parties
    .filter(({ address }) => {
      const { origin, met } = people[address] ?? { origin: "user", met: "unknown" };
      return origin !== "user" && met !== "address" && met !== "own";
    })
    .map(({ address }) => ({ kind: "files_to_stranger", about: address }));
}

export function judgeMail(content: DraftContent, dossier: Dossier): Judged {
  const { origins, warnings } = judge(partiesOf(content), dossier, content.threadId !== undefined);
  const notes = dossier.notes.filter((note) => stands(note, content));
  const files = content.attachments.length > 0 ? filesTo(partiesOf(content), dossier) : [];
  return { origins, warnings: worstFirst([...notes, ...files, ...warnings]) };
}

export function judgeGuests(guests: readonly string[], dossier: Dossier): Judged {
  const { origins, warnings } = judge(parseAddresses(guests.join(", ")), dossier, false);
  return { origins, warnings: worstFirst([...dossier.notes, ...warnings]) };
}
