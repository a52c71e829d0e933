/**
 * The owner's own sent mail: to these people, else to their domains, else the newest. Two rounds after the addresses are known:
 * the lists and the settings at once, then the gets at once. Nothing is kept.
 */
import type { gmail_v1 } from "@googleapis/gmail";

import { parseAddresses } from "./addresses.ts";
import { read } from "./call.ts";
import { type MessageText, textOf } from "./message.ts";
import { type Owner, owner } from "./owner.ts";

type Basis = "same people" | "same domain" | "any sent mail";

export interface Sent {
  basis: Basis;
  me: Owner;
  /** Newest first. */
  messages: MessageText[];
}

/** More than are shown: those without own words fall out. */
const TAKEN = 8;
const MOST_ADDRESSES = 10;

async function idsOf(api: gmail_v1.Gmail, q: string, signal: AbortSignal): Promise<string[]> {
  const list = await read(
    () => api.users.messages.list({ userId: "me", q, maxResults: TAKEN }, { signal }),
    signal,
  );
  return (list.messages ?? []).flatMap((row) => (typeof row.id === "string" ? [row.id] : []));
}

const toAny = (values: readonly string[]) =>
  `in:sent {${values.map((value) => `to:"${value.replaceAll('"', "")}"`).join(" ")}}`;

export async function sentLike(
  api: gmail_v1.Gmail,
  to: readonly string[],
  known: Owner | undefined,
  signal: AbortSignal,
): Promise<Sent> {
  const addresses = to
    .flatMap(parseAddresses)
    .map((party) => party.address)
    .slice(0, MOST_ADDRESSES);
  const domains = [...new Set(addresses.map((address) => address.replace(/^[^@]*@/, "")))];
  const none = Promise.resolve([]);
  const [me, people, sameDomain, any] = await Promise.all([
    known ?? owner(api, signal),
    addresses.length === 0 ? none : idsOf(api, toAny(addresses), signal),
    domains.length === 0 ? none : idsOf(api, toAny(domains), signal),
    idsOf(api, "in:sent", signal),
  ]);
  const [basis, ids] =
    people.length > 0
      ? (["same people", people] as const)
      : sameDomain.length > 0
        ? (["same domain", sameDomain] as const)
        : (["any sent mail", any] as const);
  const messages = await Promise.all(
    ids.map((id) =>
      read(() => api.users.messages.get({ userId: "me", id, format: "full" }, { signal }), signal),
    ),
  );
  return { basis, me, messages: messages.map(textOf) };
}
