/**
 * Whose mailbox the tab shows. The title holds the subject, which the sender wrote: only its last address counts.
 * A delegated mailbox belongs to one person and is opened by another: there link and title must agree.
 */
import { ACCOUNT_LINK, around, first, type Found, notFound, THREAD_PLACE } from "./selectors.ts";

// Neither marks of writing direction nor the brackets round it belong to an address.
const ADDRESS = /[^\s()<>,;:"@\p{Cf}]+@[^\s()<>,;:"@\p{Cf}]+\.[^\s()<>,;:"@\p{Cf}]+/gu;

function lastAddress(text: string): string | undefined {
  return text.match(ADDRESS)?.at(-1)?.toLowerCase();
}

/** A mail may hold a link that looks like Gmail's own. */
function isGmails(link: HTMLAnchorElement): boolean {
  return (
    link.href.startsWith("https://accounts.google.com/") && around(link, THREAD_PLACE) === undefined
  );
}

export function ownAddress(doc: Document, delegated: boolean): Found<string> {
  const link = first(doc, ACCOUNT_LINK, HTMLAnchorElement, isGmails);
  const linked = link.found ? lastAddress(link.value.getAttribute("aria-label") ?? "") : undefined;
  const titled = lastAddress([...doc.title.matchAll(/ - (\S+@\S+\.\S+) - /g)].at(-1)?.[1] ?? "");
  if (delegated && linked !== titled) return notFound;
  if (link.found && linked !== undefined) return { found: true, value: linked, by: link.by };
  return titled === undefined ? notFound : { found: true, value: titled, by: "title" };
}

const BASE = /^\/mail\/u\/\d{1,3}\/(?:d\/[\w-]{1,200}\/)?/;

/** `/mail/u/1/`, `/mail/u/0/d/TOKEN/`: where links of this tab's mailbox start. */
export function mailBase(pathname: string): string {
  return pathname.match(BASE)?.[0] ?? "/mail/u/0/";
}

export function isDelegated(pathname: string): boolean {
  return mailBase(pathname).includes("/d/");
}
