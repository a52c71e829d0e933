/** Reads the open thread and the messages in it. Ids only: subject, sender and body are the server's to fetch. Never reads the URL. */
import { decimalId, hexId } from "./ids.ts";
import {
  type Candidate,
  first,
  type Found,
  MAIN,
  MESSAGE,
  MESSAGE_ROW,
  notFound,
  THREAD_HEADING,
} from "./selectors.ts";

// Gmail keeps the views of other threads in the page, hidden.
const shown = (element: Element) => element.checkVisibility();

function within(element: Element, candidates: readonly Candidate[]): boolean {
  return candidates.some(({ css }) => element.closest(css) !== null);
}

function threadIdOf(heading: Element): string | undefined {
  return (
    hexId(heading.getAttribute("data-legacy-thread-id")) ??
    decimalId(heading.getAttribute("data-thread-perm-id"), "thread")
  );
}

export function openThread(doc: Document): Found<string> {
  const heading = first(
    doc,
    THREAD_HEADING,
    HTMLElement,
    (element) =>
      shown(element) &&
      within(element, MAIN) &&
      // A mail may bring a heading of its own.
      !within(element, MESSAGE_ROW) &&
      threadIdOf(element) !== undefined,
  );
  if (!heading.found) return notFound;
  const id = threadIdOf(heading.value);
  return id === undefined ? notFound : { found: true, value: id, by: heading.by };
}

/** Whether the page shows more than one message, folded ones included. A mail can only make it look like more. */
export function hasSeveral(doc: Document): boolean {
  const rows = MESSAGE_ROW.flatMap(({ css }) => [...doc.querySelectorAll(css)]);
  return rows.filter((row) => shown(row) && within(row, MAIN)).length > 1;
}

function messageIdOf(element: Element): string | undefined {
  return (
    hexId(element.getAttribute("data-legacy-message-id")) ??
    decimalId(element.getAttribute("data-message-id"), "msg")
  );
}

function fits(element: Element, candidates: readonly Candidate[]): boolean {
  return candidates.some(({ css }) => element.matches(css));
}

/** The message that a path of elements, innermost first, leads through. A collapsed row has no id: `row` says that one was hit. */
export function messageOnPath(path: readonly EventTarget[]): {
  message: Found<string>;
  row: boolean;
} {
  let message: Found<string> = notFound;
  for (const target of path) {
    if (!(target instanceof Element)) continue;
    const id = fits(target, MESSAGE) ? messageIdOf(target) : undefined;
    // The outermost inside the row counts: a mail may carry the attribute of another one in its HTML.
    if (id !== undefined) message = { found: true, value: id, by: "path" };
    if (!fits(target, MESSAGE_ROW)) continue;
    return { message: message.found ? message : messageIn(target), row: true };
  }
  return { message, row: false };
}

/** The click fell on the row beside its message. */
function messageIn(row: Element): Found<string> {
  const inside = first(row, MESSAGE, HTMLElement, (element) => messageIdOf(element) !== undefined);
  const id = inside.found ? messageIdOf(inside.value) : undefined;
  return id === undefined ? notFound : { found: true, value: id, by: "row" };
}

/** Scrolls to a message of the open thread and gives it the keyboard. False when the page does not hold it. */
export function revealMessage(doc: Document, messageId: string): boolean {
  const element = first(
    doc,
    MESSAGE,
    HTMLElement,
    (candidate) =>
      messageIdOf(candidate) === messageId && shown(candidate) && within(candidate, MAIN),
  );
  if (!element.found) return false;
  const row = MESSAGE_ROW.map(({ css }) => element.value.closest(css)).find((hit) => hit !== null);
  const target = row instanceof HTMLElement ? row : element.value;
  target.scrollIntoView({ block: "center" });
  target.animate([{ outline: "2px solid #0b57d0" }, { outline: "2px solid transparent" }], {
    duration: 1200,
  });
  return true;
}
