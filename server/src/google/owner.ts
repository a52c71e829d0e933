/** Whose mailbox it is: address and the name it sends with. */
import type { gmail_v1 } from "@googleapis/gmail";

import type { Party } from "./addresses.ts";
import { read } from "./call.ts";

export type Owner = Party;

export async function owner(api: gmail_v1.Gmail, signal?: AbortSignal): Promise<Owner> {
  const { sendAs } = await read(
    () => api.users.settings.sendAs.list({ userId: "me" }, signal === undefined ? {} : { signal }),
    signal,
  );
  const primary = sendAs?.find((alias) => alias.isPrimary === true);
  return {
    name: primary?.displayName ?? "",
    address: (primary?.sendAsEmail ?? (await address(api, signal))).toLowerCase(),
  };
}

/** The mailbox's address alone; any Gmail scope may ask for it. */
export async function address(api: gmail_v1.Gmail, signal?: AbortSignal): Promise<string> {
  const profile = await read(
    () => api.users.getProfile({ userId: "me" }, signal === undefined ? {} : { signal }),
    signal,
  );
  return (profile.emailAddress ?? "").toLowerCase();
}
