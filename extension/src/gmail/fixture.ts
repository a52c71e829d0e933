/** Gmail-shaped pages of our own, for tests: structure and attributes only, no text of Gmail's. */
import { parseHTML } from "linkedom";
import { vi } from "vitest";

export function gmailPage(body: string, title = "Inbox"): Document {
  const { window } = parseHTML(
    `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`,
  );
  const { document, Element, HTMLElement, HTMLAnchorElement } = window;
  for (const kind of [HTMLElement.prototype, Element.prototype]) {
    Object.defineProperty(kind, "checkVisibility", {
      configurable: true,
      value(this: Element) {
        return this.closest("[hidden]") === null;
      },
    });
  }
  vi.stubGlobal("Element", Element);
  vi.stubGlobal("HTMLElement", HTMLElement);
  vi.stubGlobal("HTMLAnchorElement", HTMLAnchorElement);
  return document;
}
