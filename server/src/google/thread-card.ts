/** What tells a thread in any mailbox: the RFC Message-IDs of its messages, and whom and what it is about. No text is read. */
import type { gmail_v1 } from "@googleapis/gmail";

import { parseAddresses } from "./addresses.ts";
import { read } from "./call.ts";
import { fieldsOf, rfcIdsOf } from "./rfc-ids.ts";

export interface ThreadCard {
  subject: string;
  /** Lower-cased addresses of all who write or are written to. */
  people: readonly string[];
  /** Of its own messages. */
  messageIds: readonly string[];
  /** Earlier ones that these refer to: somebody who came late has no copy of them. */
  references: readonly string[];
  /** Ids of its own labels, Gmail's and the owner's. */
  labelIds: readonly string[];
}

const MOST = 200;
const HEADERS = ["Message-ID", "References", "In-Reply-To", "Subject", "From", "To", "Cc"];
export async function threadCard(
  api: gmail_v1.Gmail,
  id: string,
  signal: AbortSignal,
): Promise<ThreadCard> {
  const found = await read(
    () =>
      api.users.threads.get(
        { userId: "me", id, format: "metadata", metadataHeaders: HEADERS },
        { signal },
      ),
    signal,
  );
  const messages = (found.messages ?? []).filter(({ labelIds }) => !labelIds?.includes("DRAFT"));
  const named = messages.map(rfcIdsOf);
  const own = new Set(named.flatMap((one) => one.own));
  const people = messages.flatMap((message) =>
    ["from", "to", "cc"].flatMap((name) => parseAddresses(fieldsOf(message, name))),
  );
  return {
    subject: fieldsOf(messages[0] ?? {}, "subject")
      .replace(/\s+/g, " ")
      .trim(),
    people: [...new Set(people.map(({ address }) => address))],
    labelIds: [...new Set(messages.flatMap(({ labelIds }) => labelIds ?? []))],
    messageIds: [...own].slice(-MOST),
    references: [...new Set(named.flatMap((one) => one.before))]
      .filter((one) => !own.has(one))
      .slice(-MOST),
  };
}
