/** The only code that moves mail. Imported by `actions/execute.ts` alone, which holds the approval (lint keeps it so). */
import type { gmail_v1 } from "@googleapis/gmail";
import type { Label } from "@vaultdesk/shared/action.ts";
import pMap from "p-map";

import { AT_ONCE, GoogleRefused, once } from "./call.ts";
import { labels } from "./filing.ts";

/** Puts labels on and takes labels off, for up to 1,000 messages at once; doing it twice is doing it once. */
export async function relabel(
  api: gmail_v1.Gmail,
  ids: readonly string[],
  change: { add: readonly string[]; remove: readonly string[] },
): Promise<void> {
  await once(() =>
    api.users.messages.batchModify({
      userId: "me",
      requestBody: {
        ids: [...ids],
        addLabelIds: [...change.add],
        removeLabelIds: [...change.remove],
      },
    }),
  );
}

/** Makes a label; one of this name that is there already is it. */
export async function makeLabel(api: gmail_v1.Gmail, name: string): Promise<Label> {
  try {
    const made = await once(() => api.users.labels.create({ userId: "me", requestBody: { name } }));
    return { id: made.id ?? "", name };
  } catch (error) {
    // It is there already, or the answer that it is there now was lost.
    if (!(error instanceof GoogleRefused)) throw error;
    const wanted = name.toLowerCase();
    const there = (await labels(api)).find((label) => label.name.toLowerCase() === wanted);
    if (there === undefined) throw error;
    return there;
  }
}

/** Into the bin, where they stay for 30 days, or out of it. Never deletes for good. */
export async function bin(
  api: gmail_v1.Gmail,
  ids: readonly string[],
  how: "trash" | "untrash",
): Promise<void> {
  const { messages } = api.users;
  await pMap(
    ids,
    (id) =>
      once<unknown>(() =>
        how === "trash"
          ? messages.trash({ userId: "me", id })
          : messages.untrash({ userId: "me", id }),
      ),
    { concurrency: AT_ONCE },
  );
}
