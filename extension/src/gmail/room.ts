/** Where Gmail could make room: the flex row of its columns, and the rail of apps that stands in it or over it. */
import { DOCK, first, type Found, RAIL } from "./selectors.ts";

const isShown = (element: HTMLElement) => element.checkVisibility();

/** A column appended to anything but a row would stand under the mail, not beside it. */
export function findRow(doc: Document): Found<HTMLElement> {
  return first(doc, DOCK, HTMLElement, (element) => {
    const { display, flexDirection } = getComputedStyle(element);
    return isShown(element) && display.endsWith("flex") && flexDirection.startsWith("row");
  });
}

export function findRail(doc: Document): Found<HTMLElement> {
  return first(
    doc,
    RAIL,
    HTMLElement,
    (element) => isShown(element) && element.getBoundingClientRect().width > 0,
  );
}
