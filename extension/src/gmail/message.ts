/** The messages of the open thread and their ids. A folded message carries none, one that is not yet synced has none. */
import { decimalId, hexId } from "./ids.ts";
import { around, every, fits, MESSAGE, MESSAGE_ROW } from "./selectors.ts";
import { inThreadPlace } from "./thread.ts";

/** A row of the open thread, whether it stands open or folded. */
export interface MessageRow {
  element: HTMLElement;
  id: string | undefined;
  folded: boolean;
}

/** The element that Gmail names the message on. A mail's own HTML lies inside it, so the outermost one is Gmail's. */
function namedIn(row: Element): Element | undefined {
  if (fits(row, MESSAGE)) return row;
  const inside = MESSAGE.flatMap(({ css }) => [...row.querySelectorAll(css)]);
  return inside.find((one) => !inside.some((other) => other !== one && other.contains(one)));
}

function idOn(element: Element): string | undefined {
  return (
    hexId(element.getAttribute("data-legacy-message-id")) ??
    decimalId(element.getAttribute("data-message-id"), "msg")
  );
}

function rowOf(element: HTMLElement): MessageRow {
  const named = namedIn(element);
  return {
    element,
    id: named === undefined ? undefined : idOn(named),
    folded: named === undefined,
  };
}

/** A list in a mail is not a list of messages. */
const isRow = (element: HTMLElement) =>
  inThreadPlace(element) &&
  element.closest("[role=list]") !== null &&
  (element.parentElement === null || around(element.parentElement, MESSAGE_ROW) === undefined);

/** From the first to the last. Without rows, the messages that carry an id. */
export function messageRows(doc: Document): MessageRow[] {
  const rows = every(doc, MESSAGE_ROW, HTMLElement, isRow);
  const found = rows.length > 0 ? rows : every(doc, MESSAGE, HTMLElement, inThreadPlace);
  return [...new Set(found.map(({ value }) => value))].map(rowOf);
}

/** The message that a path of elements, innermost first, leads through. */
export function messageOnPath(path: readonly EventTarget[]): MessageRow | undefined {
  const elements = path.filter((target) => target instanceof HTMLElement);
  const row =
    elements.findLast((element) => fits(element, MESSAGE_ROW)) ??
    elements.findLast((element) => fits(element, MESSAGE));
  return row === undefined ? undefined : rowOf(row);
}

/** Scrolls to a message of the open thread and marks it. False when the page does not hold it. */
export function revealMessage(doc: Document, messageId: string): boolean {
  const row = messageRows(doc).find(({ id }) => id === messageId)?.element;
  if (row === undefined) return false;
  row.scrollIntoView({ block: "center" });
  row.animate([{ outline: "2px solid #0b57d0" }, { outline: "2px solid transparent" }], {
    duration: 1200,
  });
  return true;
}
