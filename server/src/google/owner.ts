/** Whose mailbox it is: address, the name it sends with, and the addresses that Gmail lets it send from. */
import type { gmail_v1 } from "@googleapis/gmail";

import type { Party } from "./addresses.ts";
import { read } from "./call.ts";
import { textOfHtml } from "./message.ts";

export interface Alias extends Party {
  /** Gmail rewrites a From that the owner never verified. */
  verified: boolean;
  /** New mail is written from this one. */
  isDefault: boolean;
  /** As plain text; empty for none. */
  signature: string;
}

export interface Owner extends Party {
  /** The primary address among them. */
  aliases: readonly Alias[];
}

function aliasOf(row: gmail_v1.Schema$SendAs): Alias {
  return {
    name: row.displayName ?? "",
    address: (row.sendAsEmail ?? "").toLowerCase(),
    // Gmail leaves the status out for the primary address, which needs none.
    verified: row.isPrimary === true || row.verificationStatus === "accepted",
    isDefault: row.isDefault === true,
    signature: textOfHtml(row.signature ?? "").trim(),
  };
}

export async function owner(api: gmail_v1.Gmail, signal?: AbortSignal): Promise<Owner> {
  const { sendAs } = await read(
    () => api.users.settings.sendAs.list({ userId: "me" }, signal === undefined ? {} : { signal }),
    signal,
  );
  const primary = sendAs?.find((alias) => alias.isPrimary === true);
  return {
    name: primary?.displayName ?? "",
    address: (primary?.sendAsEmail ?? (await address(api, signal))).toLowerCase(),
    aliases: (sendAs ?? []).map(aliasOf).filter((alias) => alias.address !== ""),
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
