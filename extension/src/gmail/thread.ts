/**
 * Which thread is open. Ids only: subject, sender and body are the server's to fetch. Never reads the URL, whose token is not the id.
 * Rather says that it can't tell than names a wrong one.
 */
import { decimalId, hexId, isUnsynced, loggedThreadId } from "./ids.ts";
import {
  around,
  every,
  first,
  MESSAGE,
  MESSAGE_ROW,
  SUBJECT,
  THREAD_HEADING,
  THREAD_LOG,
  THREAD_PLACE,
} from "./selectors.ts";

export type OpenThread =
  | { state: "found"; id: string; by: string }
  | { state: "none" }
  /** Just made in this browser: it has no id yet, and will get one. */
  | { state: "unsynced" }
  /** A thread stands open, but Gmail's page no longer says which, or names two. */
  | { state: "unreadable" };

/** Gmail keeps the views of other threads in the page, hidden. */
export function inThreadPlace(element: Element): boolean {
  return (
    element.checkVisibility({ visibilityProperty: true }) &&
    around(element, THREAD_PLACE) !== undefined
  );
}

/** A mail may bring a heading of its own. */
const isGmails = (element: Element) =>
  inThreadPlace(element) && around(element, MESSAGE_ROW) === undefined;

function headedId(heading: Element): string | undefined {
  return (
    hexId(heading.getAttribute("data-legacy-thread-id")) ??
    decimalId(heading.getAttribute("data-thread-perm-id"), "thread")
  );
}

interface Named {
  id: string;
  by: string;
}

/** One id, however often it stands there; two different ones name nothing. */
function only(all: readonly Named[]): OpenThread | undefined {
  const [one] = all;
  if (one === undefined) return undefined;
  return all.every(({ id }) => id === one.id)
    ? { state: "found", ...one }
    : { state: "unreadable" };
}

function named(
  elements: readonly { value: Element; by: string }[],
  idOf: (element: Element) => string | undefined,
): Named[] {
  return elements.flatMap(({ value, by }) => {
    const id = idOf(value);
    return id === undefined ? [] : [{ id, by }];
  });
}

export function openThread(doc: Document): OpenThread {
  const headings = every(doc, THREAD_HEADING, HTMLElement, isGmails);
  const headed = only(named(headings, headedId));
  if (headed !== undefined) return headed;
  if (headings.some(({ value }) => isUnsynced(value.getAttribute("data-thread-perm-id"), "thread")))
    return { state: "unsynced" };
  const logs = every(doc, THREAD_LOG, HTMLElement, inThreadPlace);
  const logged = only(named(logs, (element) => loggedThreadId(element.getAttribute("jslog"))));
  if (logged !== undefined) return logged;
  const isOpen =
    headings.length > 0 ||
    first(doc, SUBJECT, HTMLElement, isGmails).found ||
    first(doc, MESSAGE, HTMLElement, inThreadPlace).found;
  return { state: isOpen ? "unreadable" : "none" };
}
