/** Address lists: parsed by a library, written in one canonical form `Name <local@domain>`, refused when a header could be injected. Pure. */
import { domainToASCII } from "node:url";

import addressparser from "nodemailer/lib/addressparser";

/**
 * No quotes, no spaces, one @, a dot in the domain, whose labels are letters of any script, digits and hyphens: of more, such as
 * "helio.example=?utf-8?b?...", a writer of headers and a reader make different domains.
 */
const ADDRESS = /^[^\s@<>"(),:;[\]\\]+@[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+$/u;

export interface Party {
  name: string;
  /** Lower-cased. */
  address: string;
}

export function parseAddresses(list: string): Party[] {
  return addressparser(list, { flatten: true })
    .filter((entry) => entry.address !== "")
    .map((entry) => ({ name: entry.name.trim(), address: entry.address.toLowerCase() }));
}

export function formatParty(party: Party): string {
  if (party.name === "" || party.name.toLowerCase() === party.address) return party.address;
  // RFC 5322 3.2.4: a comma or bracket in a bare name would read as another address.
  const name = /^[\p{L}\p{M}\p{N} .'-]+$/u.test(party.name)
    ? party.name
    : `"${party.name.replace(/["\\]/g, "\\$&")}"`;
  return `${name} <${party.address}>`;
}

/** An address that mail can be sent to: its domain has a form for headers and for DNS (RFC 5891). */
function sendable({ address }: Party): boolean {
  return ADDRESS.test(address) && domainToASCII(address.slice(address.indexOf("@") + 1)) !== "";
}

export type Checked = { ok: true; parties: Party[] } | { ok: false; refused: string };

/** Entries as people type them; the first that can't be an address is named. */
export function checkAddresses(entries: readonly string[]): Checked {
  const parties: Party[] = [];
  for (const entry of entries) {
    // Control characters would end the header line and start one of the sender's own; half a surrogate pair is no character.
    const clean = !/[\p{Cc}\p{Cs}]/u.test(entry);
    const parsed = clean ? parseAddresses(entry) : [];
    if (parsed.length === 0 || !parsed.every(sendable)) {
      return { ok: false, refused: entry.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, "").slice(0, 80) };
    }
    parties.push(...parsed);
  }
  const seen = new Set<string>();
  return {
    ok: true,
    parties: parties.filter((party) => !seen.has(party.address) && seen.add(party.address)),
  };
}
