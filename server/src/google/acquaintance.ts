/**
 * Whom the owner wrote to before: these addresses, or at least their domains; and the people of the newest sent mail, whom somebody may
 * pretend to be. Two rounds: the lists at once, then the heads at once. Gmail's search finds words, so each hit is checked by its headers.
 */
import type { gmail_v1 } from "@googleapis/gmail";
import pMap from "p-map";

import { parseAddresses, type Party } from "./addresses.ts";
import { AT_ONCE, read } from "./call.ts";

export type Met = "address" | "domain" | "never" | "unknown";

export interface Acquaintance {
  met(address: string): Met;
  /** Of the newest sent mail. */
  people: readonly Party[];
}

/** More than these in one mail are not looked up. */
const MOST = 20;
const NEWEST = 50;
const HITS = 2;
const HEADERS = ["To", "Cc", "Bcc"];

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}

async function idsOf(
  api: gmail_v1.Gmail,
  q: string,
  max: number,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const list = await read(
    () =>
      api.users.messages.list(
        { userId: "me", q, maxResults: max },
        signal === undefined ? {} : { signal },
      ),
    signal,
  );
  return (list.messages ?? []).flatMap((row) => (typeof row.id === "string" ? [row.id] : []));
}

async function recipientsOf(
  api: gmail_v1.Gmail,
  id: string,
  signal: AbortSignal | undefined,
): Promise<Party[]> {
  const message = await read(
    () =>
      api.users.messages.get(
        { userId: "me", id, format: "metadata", metadataHeaders: HEADERS },
        signal === undefined ? {} : { signal },
      ),
    signal,
  );
  return (message.payload?.headers ?? []).flatMap(({ value }) => parseAddresses(value ?? ""));
}

const sentTo = (value: string) => `in:sent to:"${value.replaceAll('"', "")}"`;

export async function acquaintance(
  api: gmail_v1.Gmail,
  addresses: readonly string[],
  signal?: AbortSignal,
): Promise<Acquaintance> {
  const asked = addresses.slice(0, MOST);
  const values = [...new Set([...asked, ...asked.map(domainOf)])];
  const [newest, ...hits] = await Promise.all([
    idsOf(api, "in:sent", NEWEST, signal),
    ...values.map((value) => idsOf(api, sentTo(value), HITS, signal)),
  ]);
  const ids = [...new Set([...newest, ...hits.flat()])];
  const lists = await pMap(ids, (id) => recipientsOf(api, id, signal), { concurrency: AT_ONCE });
  const all = lists.flat();
  const known = new Set(all.map(({ address }) => address));
  const domains = new Set(all.map(({ address }) => domainOf(address)));
  const looked = new Set(asked);
  return {
    people: all,
    met: (address) => {
      if (known.has(address)) return "address";
      if (!looked.has(address)) return "unknown";
      return domains.has(domainOf(address)) ? "domain" : "never";
    },
  };
}
