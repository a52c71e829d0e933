/** Whether the tab shows a mailbox that VaultDesk is not connected to. Then it reads and writes nothing here. Pure. */
import type { GmailView } from "../messages/protocol.ts";

export function isOtherMailbox(view: GmailView | undefined, connected: string): boolean {
  if (view === undefined) return false;
  // A mailbox of somebody else that does not say whose it is can't be the connected one for sure.
  if (view.account === undefined) return view.delegated;
  return view.account !== connected.toLowerCase();
}
