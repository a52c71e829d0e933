/** Labels and where messages lie: read. Moving them is `effects-filing.ts`. */
import type { gmail_v1 } from "@googleapis/gmail";
import type { Label } from "@vaultdesk/shared/action.ts";
import { MessageId } from "@vaultdesk/shared/id.ts";
import pMap from "p-map";

import { AT_ONCE, GoogleRefused, read } from "./call.ts";
import { headOf, type MessageHead } from "./message.ts";
import { rfcIdsOf } from "./rfc-ids.ts";

export interface Lying extends MessageHead {
  labelIds: ReadonlySet<string>;
  /** Its own RFC Message-ID, and those it refers to. */
  rfcIds: readonly string[];
}

/** The mailbox's labels, Gmail's own and the user's. */
export async function labels(api: gmail_v1.Gmail, signal?: AbortSignal): Promise<Label[]> {
  const list = await read(
    () => api.users.labels.list({ userId: "me" }, signal === undefined ? {} : { signal }),
    signal,
  );
  return (list.labels ?? []).flatMap(({ id, name }) =>
    typeof id === "string" && typeof name === "string" ? [{ id, name }] : [],
  );
}

/** Labels that a request makes, with their ids where they are there by now: their names are what finds them. */
export function identified<T extends { add: readonly Label[]; remove: readonly Label[] }>(
  change: T,
  all: readonly Label[],
): T {
  const found = (label: Label): Label => {
    if (label.made !== true) return label;
    const wanted = label.name.toLowerCase();
    const there = all.find(({ name }) => name.toLowerCase() === wanted);
    return there === undefined ? label : { ...label, id: there.id };
  };
  return { ...change, add: change.add.map(found), remove: change.remove.map(found) };
}

const HEADERS = ["From", "Subject", "Message-ID", "References", "In-Reply-To"];

/** Each message with its labels; `undefined` for one that is not there. */
export function lying(
  api: gmail_v1.Gmail,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<(Lying | undefined)[]> {
  return pMap(
    ids,
    async (id) => {
      try {
        const message = await read(
          () =>
            api.users.messages.get(
              { userId: "me", id, format: "metadata", metadataHeaders: HEADERS },
              signal === undefined ? {} : { signal },
            ),
          signal,
        );
        const { own, before } = rfcIdsOf(message);
        const labelIds = new Set(message.labelIds ?? []);
        return { ...headOf(message), labelIds, rfcIds: [...own, ...before] };
      } catch (error) {
        if (error instanceof GoogleRefused && error.refusal.reason === "not_found") {
          return undefined;
        }
        throw error;
      }
    },
    { concurrency: AT_ONCE },
  );
}

/** Ids of all messages of a thread that are no drafts, oldest first. */
export async function messagesOf(
  api: gmail_v1.Gmail,
  threadId: string,
  signal?: AbortSignal,
): Promise<MessageId[]> {
  const thread = await read(
    () =>
      api.users.threads.get(
        { userId: "me", id: threadId, format: "minimal" },
        signal === undefined ? {} : { signal },
      ),
    signal,
  );
  return (thread.messages ?? []).flatMap(({ id, labelIds }) =>
    (labelIds ?? []).includes("DRAFT") ? [] : [MessageId.parse(id)],
  );
}
