/** Keeps a scrolling box at its end while the reader is there and `hold` is false, at each render. */
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

const NEAR_END = 80;

export function useStayAtEnd(hold: boolean): RefObject<HTMLElement | null> {
  const box = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const end = new AbortController();
    element.addEventListener(
      "scroll",
      () => {
        atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
      },
      { signal: end.signal, passive: true },
    );
    return () => end.abort();
  }, []);
  // Before the paint: cards that fold above move the browser's scroll position, and that looked as if the reader had left the end.
  useLayoutEffect(() => {
    const element = box.current;
    if (hold || !atEnd.current || element === null) return;
    const last = element.querySelector(".items")?.lastElementChild;
    // Of a card that does not fit, the top is what matters: verb, code, time left.
    const tall = last instanceof HTMLElement && last.clientHeight > element.clientHeight;
    if (tall && last.matches(".card")) last.scrollIntoView({ block: "start" });
    else element.scrollTo({ top: element.scrollHeight });
  });
  return box;
}
