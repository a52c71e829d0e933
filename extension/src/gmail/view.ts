/** What the content script says of its tab: ids and colours, no mail text. */
import { isDelegated, mailBase, ownAddress } from "./account.ts";
import { messageRows } from "./message.ts";
import { gmailTheme } from "./theme.ts";
import { openThread } from "./thread.ts";

export function viewOf(doc: Document, pathname: string) {
  const thread = openThread(doc);
  const delegated = isDelegated(pathname);
  const account = ownAddress(doc, delegated);
  return {
    thread: thread.state,
    ...(thread.state === "found"
      ? { threadId: thread.id, several: messageRows(doc).length > 1 }
      : {}),
    ...(account.found ? { account: account.value } : {}),
    delegated,
    base: mailBase(pathname),
    theme: gmailTheme(doc),
  };
}
