/** Which mailbox the tab shows: whether it is one that VaultDesk is not connected to. Then it reads and writes nothing here. Pure. */
import type { GmailView } from "../messages/protocol.ts";
import { GMAIL_ORIGIN } from "../messages/senders.ts";

export function isOtherMailbox(view: GmailView | undefined, connected: string): boolean {
  if (view === undefined) return false;
  // A mailbox of somebody else that does not say whose it is can't be the connected one for sure.
  if (view.account === undefined) return view.delegated;
  return view.account !== connected.toLowerCase();
}

/** Where the pages of the mailbox begin. */
export function mailBase(view: GmailView | undefined): string {
  return `${GMAIL_ORIGIN}${view?.base ?? "/mail/u/0/"}`;
}
