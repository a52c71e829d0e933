/** What to doubt about a draft besides its addresses: where its answer goes, and what its text holds. Pure. */
import type { DraftContent } from "@vaultdesk/shared/draft.ts";
import type { Warning } from "@vaultdesk/shared/warning.ts";

import { parseAddresses, type Party } from "../google/addresses.ts";
import type { Replied } from "../google/mail.ts";
import type { Owner } from "../google/owner.ts";
import { type Dossier, partiesOf } from "./dossier.ts";
import { isMine } from "./sender.ts";
import type { Provenance } from "./standing.ts";
import { textNotes } from "./text-notes.ts";

/** A mail can choose where its answer goes; only its sender's address is vouched for. */
function replyTo(recipients: readonly string[], { from, replyTo: asked }: Replied): Warning[] {
  const senders = parseAddresses(from).map(({ address }) => address);
  return parseAddresses(asked)
    .map(({ address }) => address)
    .filter((address) => !senders.includes(address) && recipients.includes(address))
    .map((about) => ({ kind: "reply_to_differs", about, of: senders.join(", ") }));
}

/** Of a draft that is written anew: what its text holds now; where its answer goes is as it was. */
export function notesAgain(
  { notes, own }: Dossier,
  text: string,
  parties: readonly Party[],
  provenance: Provenance,
): Warning[] {
  const readers = parties.map(({ address }) => address).filter((address) => !own.includes(address));
  const kept = notes.filter(({ kind }) => kind === "reply_to_differs");
  return [...kept, ...textNotes(text, { ...provenance, readers })];
}

interface About {
  provenance: Provenance;
  me: Owner;
  /** What is answered or forwarded. */
  original: Replied | undefined;
}

/** `text` is the draft's own, without what it quotes. */
export function notesOn(
  text: string,
  mail: Pick<DraftContent, "to" | "cc" | "bcc">,
  { provenance, me, original }: About,
): Warning[] {
  const readers = partiesOf(mail)
    .map(({ address }) => address)
    .filter((address) => !isMine(address, me));
  return [
    ...(original === undefined ? [] : replyTo(readers, original)),
    ...textNotes(text, { ...provenance, readers }),
  ];
}
