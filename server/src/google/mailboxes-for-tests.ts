/** For tests without rooms: mailboxes from which nothing is hidden. */
import { gmailClient, type OpenMailbox } from "./call.ts";

export function mailboxesAt(rootUrl: string): OpenMailbox {
  return (_sub, token) => gmailClient(rootUrl, token);
}
