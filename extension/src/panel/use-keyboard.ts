/** The keyboard between Gmail and the panel: Escape gives it back, and a panel that gets it puts it where people begin. */
import { useEffect } from "react";
import { z } from "zod";

import { detach } from "../detach.ts";
import { askGmail } from "../messages/send.ts";

const Nothing = z.unknown();
const OVERLAYS = "dialog[open], [role=dialog], [role=menu], [role=listbox]";
const STARTS = ["textarea:not(:disabled)", "main button:not(:disabled)", "button:not(:disabled)"];

function begin(): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  for (const css of STARTS) {
    const start = document.querySelector<HTMLElement>(css);
    if (start === null) continue;
    start.focus();
    return;
  }
}

export function useKeyboard(tabId: number | undefined, inGmail: boolean): void {
  useEffect(() => {
    if (!inGmail || tabId === undefined) return undefined;
    const end = new AbortController();
    window.addEventListener(
      "keydown",
      (event) => {
        // What lies over the panel closes first.
        if (event.key !== "Escape" || event.defaultPrevented) return;
        if (document.querySelector(OVERLAYS) !== null) return;
        detach(askGmail(tabId, { type: "gmail.focus" }, Nothing));
      },
      { signal: end.signal },
    );
    window.addEventListener("focus", begin, { signal: end.signal });
    if (document.hasFocus()) begin();
    return () => end.abort();
  }, [inGmail, tabId]);
}
