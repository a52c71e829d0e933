/** Which of the owner's addresses a draft is from. Pure. */
import { parseAddresses } from "../google/addresses.ts";
import type { Replied } from "../google/mail.ts";
import type { Alias, Owner } from "../google/owner.ts";

function primary(me: Owner): Alias {
  const found = me.aliases.find((alias) => alias.address === me.address);
  return (
    found ?? { name: me.name, address: me.address, verified: true, isDefault: true, signature: "" }
  );
}

function usable(me: Owner): Alias[] {
  const own = primary(me);
  return [own, ...me.aliases.filter((one) => one.verified && one.address !== own.address)];
}

/** Mail to `name+tag@domain` arrives at `name@domain`. */
const untagged = (address: string) => address.replace(/\+[^@]*(?=@)/, "");

export function isMine(address: string, me: Owner): boolean {
  return usable(me).some((alias) => [address, untagged(address)].includes(alias.address));
}

export type Sender = { ok: true; alias: Alias } | { ok: false; detail: string };

/** The one that was named; else the one that wrote the message or got it, To before Cc; else Gmail's default. */
export function senderOf(
  wanted: string | undefined,
  me: Owner,
  original: Replied | undefined,
): Sender {
  const mine = usable(me);
  const called = (alias: Alias) => (alias.name === "" ? { ...alias, name: me.name } : alias);
  const fallback = mine.find((alias) => alias.isDefault) ?? primary(me);
  if (wanted !== undefined) {
    const address = parseAddresses(wanted)[0]?.address;
    const named = mine.find((alias) => alias.address === address);
    if (named !== undefined) return { ok: true, alias: called(named) };
    const pending = me.aliases.some((alias) => alias.address === address);
    const why = pending ? "is not verified in Gmail" : "is not an address of this mailbox";
    const list = mine.map((alias) => alias.address).join(", ");
    return { ok: false, detail: `${address ?? "That"} ${why}. It sends from: ${list}.` };
  }
  const heads = original === undefined ? [] : [original.from, original.to, original.cc];
  const there = heads.flatMap(parseAddresses).map(({ address }) => address);
  const met = there.flatMap((address) => mine.filter((alias) => alias.address === address))[0];
  return { ok: true, alias: called(met ?? fallback) };
}
