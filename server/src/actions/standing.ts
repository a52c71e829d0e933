/** Looks up what a dossier says of each person: where the conversation names them, and whether the owner wrote to them before. */
import type { gmail_v1 } from "@googleapis/gmail";
import type { Origin, Warning } from "@vaultdesk/shared/warning.ts";

import { acquaintance, domainOf, type Met } from "../google/acquaintance.ts";
import { parseAddresses, type Party } from "../google/addresses.ts";
import { GoogleRefused } from "../google/call.ts";
import type { MessageHead } from "../google/message.ts";
import { type Owner, owner } from "../google/owner.ts";
import type { Dossier, Standing } from "./dossier.ts";
import { lookAlike, posesAs } from "./lookalike.ts";
import { type Reading } from "./text-notes.ts";

/** Where this conversation names an address, whatever Gmail knows of it. */
export type OriginOf = (address: string) => Origin;

/** What a conversation proves about what it named and read. */
export interface Provenance {
  originOf: OriginOf;
  readings: readonly Reading[];
}

export const byHand: OriginOf = () => "user";
export const BY_HAND: Provenance = { originOf: byHand, readings: [] };

export interface Looking {
  originOf: OriginOf;
  /** The owner's own addresses. */
  own: readonly string[];
  /** Who takes part in the thread by its headers. */
  thread: readonly Party[];
  notes?: readonly Warning[];
}

/** At a public provider, a colleague's domain says nothing. */
const PUBLIC =
  /^(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|aol|icloud|me|proton|protonmail|gmx|web|mail|zoho|fastmail|yandex|qq|163)\.[a-z.]+$/;

function isPublicDomain(domain: string): boolean {
  return PUBLIC.test(domain);
}

function originIn(address: string, met: Met, { originOf, thread }: Looking): Origin {
  const named = originOf(address);
  if (named === "user") return "user";
  if (thread.some((party) => party.address === address)) return "thread";
  return met === "address" ? "correspondent" : named;
}

/** Without leave to read the mailbox, or with Gmail down, nobody is known: that is said, and stops nothing. */
async function lookUp(
  api: gmail_v1.Gmail,
  addresses: readonly string[],
  signal: AbortSignal | undefined,
) {
  try {
    return await acquaintance(api, addresses, signal);
  } catch (error) {
    if (error instanceof GoogleRefused) return { met: (): Met => "unknown", people: [] };
    throw error;
  }
}

/** Whom the person knows is who they are; a stranger may only look or sound like one of them. */
function standingOf(
  party: Party,
  met: Standing["met"],
  people: readonly Party[],
  looking: Looking,
): Standing {
  const { address } = party;
  const standing = { origin: originIn(address, met === "own" ? "never" : met, looking), met };
  if (met === "address" || met === "own") return standing;
  const known = people.filter((one) => one.address !== address);
  const like =
    met === "domain"
      ? undefined
      : lookAlike(
          domainOf(address),
          known.map((one) => domainOf(one.address)),
        );
  const poses = posesAs(party, known);
  return {
    ...standing,
    ...(like === undefined ? {} : { like }),
    ...(poses === undefined ? {} : { poses }),
  };
}

export async function dossierOf(
  api: gmail_v1.Gmail,
  parties: readonly Party[],
  looking: Looking,
  signal?: AbortSignal,
): Promise<Dossier> {
  const { own, notes = [] } = looking;
  const domains = own.map(domainOf).filter((domain) => !isPublicDomain(domain));
  const isOwn = (address: string) => own.includes(address) || domains.includes(domainOf(address));
  const addresses = [...new Set(parties.map(({ address }) => address))];
  const strangers = addresses.filter((address) => !isOwn(address));
  const known = strangers.length === 0 ? undefined : await lookUp(api, strangers, signal);
  const people = [
    ...own.map((address) => ({ name: "", address })),
    ...(known?.people ?? []),
    ...looking.thread.filter(({ address }) => known?.met(address) === "address"),
  ];
  const standings = parties.map((party) => {
    const { address } = party;
    const met = isOwn(address) ? "own" : (known?.met(address) ?? "unknown");
    return [address, standingOf(party, met, people, looking)] as const;
  });
  return { people: Object.fromEntries(standings), own: [...own], notes: [...notes] };
}

async function ownAddresses(api: gmail_v1.Gmail): Promise<string[]> {
  try {
    return ownOf(await owner(api));
  } catch (error) {
    if (error instanceof GoogleRefused) return [];
    throw error;
  }
}

/** Everybody whom the mail's headers name: only From, To and Cc say who takes part; a Reply-To is its sender's wish. */
export function participantsOf({ from, to, cc }: MessageHead): Party[] {
  return parseAddresses([from, to, cc].join(", "));
}

export function ownOf(me: Owner): string[] {
  return [...new Set([me.address, ...me.aliases.map(({ address }) => address)])];
}

/** With those whom nobody has looked at yet: whoever is not known from a run was typed by hand, on the card or in Gmail. */
export async function completed(
  api: gmail_v1.Gmail,
  known: Dossier | undefined,
  parties: readonly Party[],
  originOf: OriginOf = byHand,
): Promise<Dossier> {
  const news = parties.filter(({ address }) => known?.people[address] === undefined);
  if (known !== undefined && news.length === 0) return known;
  const own = known?.own ?? (await ownAddresses(api));
  const more = await dossierOf(api, news, { originOf, own, thread: [] });
  return { ...more, people: { ...known?.people, ...more.people }, notes: known?.notes ?? [] };
}
