/** What was found about a mail's or an event's people, sorted to whom it is about. Pure. */
import type { Origin, Warning } from "@vaultdesk/shared/warning.ts";

import { addressOf } from "./address.ts";

export interface Judged {
  /** By address, lower-cased. */
  origins?: Readonly<Record<string, Origin>> | undefined;
  warnings?: readonly Warning[] | undefined;
}

function isAbout({ about }: Warning, address: string): boolean {
  return about === address || about === address.slice(address.lastIndexOf("@") + 1);
}

export interface Standing {
  origin: Origin | undefined;
  warnings: readonly Warning[];
}

export function standingOf({ origins = {}, warnings = [] }: Judged, mailbox: string): Standing {
  const address = addressOf(mailbox).toLowerCase();
  return {
    origin: origins[address],
    warnings: warnings.filter((warning) => isAbout(warning, address)),
  };
}

/** What is about none of these people: it stands above them. */
export function unplaced({ warnings = [] }: Judged, mailboxes: readonly string[]): Warning[] {
  const addresses = mailboxes.map((mailbox) => addressOf(mailbox).toLowerCase());
  return warnings.filter((one) => !addresses.some((address) => isAbout(one, address)));
}
