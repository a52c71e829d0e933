/** What a message is known by in any mailbox: its RFC Message-ID, and those of the messages that it refers to. Pure. */
import type { gmail_v1 } from "@googleapis/gmail";

export interface RfcIds {
  /** Its own; several where its sender's server wrote several. */
  own: readonly string[];
  before: readonly string[];
}

/** Gmail writes the field as its sender did; RFC 5322 3.6.4 has the brackets. */
export const idsIn = (text: string): string[] => text.match(/<[^<>\s]+>/g) ?? [];

type Named = Pick<gmail_v1.Schema$Message, "payload">;

export const fieldsOf = ({ payload }: Named, name: string): string =>
  payload?.headers
    ?.filter((header) => header.name?.toLowerCase() === name)
    .map(({ value }) => value ?? "")
    .join(" ") ?? "";

export function rfcIdsOf(message: Named): RfcIds {
  return {
    own: idsIn(fieldsOf(message, "message-id")),
    before: idsIn(`${fieldsOf(message, "references")} ${fieldsOf(message, "in-reply-to")}`),
  };
}
