/** What the system prompt says about the moment: lines of the form `Name: value`. Pure. */

export interface Person {
  name: string;
  /** Lower case; empty where only a name is known. */
  address: string;
}

export interface Facts {
  /** Local date, YYYY-MM-DD. */
  today: string;
  timeZone: string;
  user: Person | undefined;
  openThread: string | undefined;
  selectedMessage: string | undefined;
  /** The user's own style is to be read before a draft. */
  voice?: boolean;
}

/** `Name <local@domain>` or `local@domain`; an Enron-style local part gives the name. */
export function personOf(header: string): Person {
  const match = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(header);
  const address = (match?.[2] ?? header).trim().toLowerCase();
  const shown = (match?.[1] ?? "").replace(/^["']+|["']+$/g, "").trim();
  if (!address.includes("@")) return { name: shown || header.trim(), address: "" };
  return { name: shown === "" ? nameOfAddress(address) : shown, address };
}

function nameOfAddress(address: string): string {
  const local = address.split("@")[0] ?? "";
  const words = local.split(/[._]+/).filter((word) => /^[a-z]{1,}$/i.test(word));
  if (words.length < 2) return address;
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}

/** For a greeting; undefined where only an address is known, for `mharris@` is nobody's first name. */
export function firstNameOf({ name, address }: Person): string | undefined {
  if (name === "" || name === address) return undefined;
  const swapped = /^([^,]+),\s*(\S+)/.exec(name);
  const first = (swapped?.[2] ?? name).split(/\s+/)[0] ?? "";
  return /^\p{L}[\p{L}'-]+$/u.test(first) ? first : undefined;
}

function known(value: string): string | undefined {
  return /^(none|unknown|)$/i.test(value) ? undefined : value;
}

export function readFacts(system: string): Facts {
  const line = (name: string) =>
    new RegExp(`^${name}:[ \\t]*(.*)$`, "m").exec(system)?.[1]?.trim() ?? "";
  const user = known(line("User"));
  return {
    today: /\d{4}-\d{2}-\d{2}/.exec(line("Now"))?.[0] ?? "1970-01-01",
    timeZone: known(line("Time zone")) ?? "UTC",
    user: user === undefined ? undefined : personOf(user),
    openThread: known(line("Open thread")),
    selectedMessage: known(line("Selected message")),
    ...(system.includes("call read_my_style") ? { voice: true } : {}),
  };
}

/** All words of `wanted` are words of the name or the address. */
export function isPerson(person: Person, wanted: string): boolean {
  const words = wanted.toLowerCase().match(/[\p{L}\p{N}@.-]+/gu) ?? [];
  if (words.length === 0) return false;
  const have = `${person.name} ${person.address}`.toLowerCase();
  const tokens = new Set(have.split(/[^\p{L}\p{N}]+/u));
  return words.every((word) => (/[@.]/.test(word) ? have.includes(word) : tokens.has(word)));
}
