/** What a proposed text itself should be doubted for: bank details and links that are not the user's, and passages of mail that its readers never got. Pure. */
import type { Origin, Warning } from "@vaultdesk/shared/warning.ts";

/** A text that was read here, and who has it anyway. */
export interface Reading {
  text: string;
  /** Addresses, lower-cased. */
  people: ReadonlySet<string>;
}

const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g;
const COIN = /\b(?:bc1[a-z0-9]{20,70}|0x[0-9a-fA-F]{40})\b/g;
/** A number after a word for an account, in the languages of our tests. */
const ACCOUNT =
  /(?:account|acct|a\/c|iban|routing|aba|sort[ -]?code|swift|bic|clabe|konto(?:nummer|nr)?|blz|compte|rib|cuenta|conto|rekening|conta|сч[её]т|账号|账户|口座)[^\n\d]{0,40}?((?:\d[ -]?){5,33}\d)/giu;
const LINK = /\b(?:https?:\/\/|www\.)([^\s/<>"')\]]+)/gi;

const MOD = 97n;

/** ISO 13616: the check digits hold. */
export function isIban(text: string): boolean {
  const compact = text.replaceAll(" ", "");
  const moved = `${compact.slice(4)}${compact.slice(0, 4)}`;
  const digits = moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return /^\d+$/.test(digits) && BigInt(digits) % MOD === 1n;
}

function bankDetails(text: string): string[] {
  const ibans = (text.match(IBAN) ?? []).filter(isIban);
  const accounts = [...text.matchAll(ACCOUNT)].flatMap(([, number]) => number?.trim() ?? []);
  const left = accounts.filter((number) => !ibans.some((iban) => iban.includes(number)));
  return [...ibans, ...left, ...(text.match(COIN) ?? [])];
}

function hostsIn(text: string): string[] {
  const hosts = [...text.matchAll(LINK)].flatMap(([, host]) => host ?? []);
  return [
    ...new Set(hosts.map((host) => host.replace(/^.*@|(?<![:.,;])[:.,;]+$/g, "").toLowerCase())),
  ];
}

/** Shorter ones stand in any two mails. */
const PASSAGE = 40;
const SHOWN = 70;

const flat = (text: string) =>
  text
    .replace(/^[^\S\r\n]*(?:>\s?)+/gm, "")
    .replace(/\s+/g, " ")
    .toLowerCase();

function passagesOf(text: string): string[] {
  return text
    .split(/\n{2,}|(?<=[.!?;:])\s+|\n/)
    .map((part) => part.trim())
    .filter((part) => part.length >= PASSAGE);
}

/** The first passages of the text that stand in what was read: in something that not all of its readers have, and in what they have. */
function passagesRead(
  text: string,
  readers: readonly string[],
  readings: readonly Reading[],
  said: (text: string) => boolean,
): { other: string | undefined; shared: string | undefined } {
  const all = readings.map(({ text: read, people }) => ({
    read: flat(read),
    shared: readers.every((reader) => people.has(reader)),
  }));
  const found = passagesOf(text).flatMap((passage) => {
    const words = flat(passage).trim();
    const where = said(words) ? [] : all.filter(({ read }) => read.includes(words));
    return where.length === 0 ? [] : [{ passage, shared: where.some((one) => one.shared) }];
  });
  return {
    other: found.find(({ shared }) => !shared)?.passage.slice(0, SHOWN),
    shared: found.find(({ shared }) => shared)?.passage.slice(0, SHOWN),
  };
}

export interface Doubting {
  /** Who named it: an address, a number, a host, a passage. */
  originOf: (name: string) => Origin;
  readings: readonly Reading[];
  /** Recipients but for the owner, lower-cased addresses. */
  readers: readonly string[];
}

export function textNotes(text: string, { originOf, readings, readers }: Doubting): Warning[] {
  const ours = (name: string) => originOf(name) === "user";
  const details = bankDetails(text).filter((one) => !ours(one) && !ours(one.replace(/[ -]/g, "")));
  const domains = readers.map((reader) => reader.slice(reader.lastIndexOf("@") + 1));
  const links = hostsIn(text).filter(
    (host) => !ours(host) && !domains.some((one) => host === one || host.endsWith(`.${one}`)),
  );
  const { other, shared } = passagesRead(text, readers, readings, ours);
  return [
    ...[...new Set(details)].map((about) => ({ kind: "bank_details", about }) as const),
    ...links.map((about) => ({ kind: "link_from_mail", about }) as const),
    ...(other === undefined ? [] : [{ kind: "text_of_other_mail", about: other } as const]),
    ...(shared === undefined ? [] : [{ kind: "words_of_mail", about: shared } as const]),
  ];
}
