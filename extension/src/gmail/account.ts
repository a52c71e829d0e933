/** Whose mailbox the tab shows. The title holds the subject, which the sender wrote: only its last address counts. */
import { ACCOUNT_LINK, first, type Found, notFound } from "./selectors.ts";

const ADDRESS = /[^\s()<>,;:"@]+@[^\s()<>,;:"@]+\.[^\s()<>,;:"@]+/g;

export function ownAddress(doc: Document): Found<string> {
  const link = first(doc, ACCOUNT_LINK, HTMLAnchorElement);
  if (link.found) {
    const address = link.value.getAttribute("aria-label")?.match(ADDRESS)?.at(-1);
    if (address !== undefined) {
      return { found: true, value: address.toLowerCase(), by: link.by };
    }
  }
  const titled = [...doc.title.matchAll(/ - (\S+@\S+\.\S+) - /g)].at(-1)?.[1];
  return titled === undefined
    ? notFound
    : { found: true, value: titled.toLowerCase(), by: "title" };
}

/** `/mail/u/1/`: where links of this tab's mailbox start. */
export function mailBase(pathname: string): string {
  return pathname.match(/^\/mail\/u\/\d{1,3}\//)?.[0] ?? "/mail/u/0/";
}
