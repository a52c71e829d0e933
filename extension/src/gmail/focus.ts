/** Remembers where the keyboard was in Gmail, and gives it back there: while the panel has it, Gmail's shortcuts are dead. */
import { first, MAIN, SUBJECT } from "./selectors.ts";
import { inThreadPlace } from "./thread.ts";

export interface GmailFocus {
  giveBack(): void;
}

export function watchFocus(doc: Document, signal: AbortSignal): GmailFocus {
  let last = new WeakRef<HTMLElement>(doc.body);
  doc.addEventListener(
    "focusin",
    (event) => {
      // Ours is the only element that hangs on <html> beside <body>.
      if (event.target instanceof HTMLElement && doc.body.contains(event.target))
        last = new WeakRef(event.target);
    },
    { capture: true, signal },
  );

  function target(): HTMLElement | undefined {
    const before = last.deref();
    if (before !== undefined && before !== doc.body && before.isConnected) {
      if (before.checkVisibility({ visibilityProperty: true })) return before;
    }
    const subject = first(doc, SUBJECT, HTMLElement, inThreadPlace);
    if (subject.found) return subject.value;
    const main = first(doc, MAIN, HTMLElement, (part) => part.checkVisibility());
    return main.found ? main.value : undefined;
  }

  return {
    giveBack() {
      const to = target() ?? doc.body;
      to.focus({ preventScroll: true });
      if (doc.activeElement === to) return;
      // Not made for the keyboard, as Gmail's own heading may be: for once it is.
      to.setAttribute("tabindex", "-1");
      to.focus({ preventScroll: true });
    },
  };
}
