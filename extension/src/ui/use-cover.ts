/**
 * Whether a person sees this element as we drew it. Gmail's page could lay something over the frame, make it see-through or shrink it, and so
 * steal a click (clickjacking). Intersection Observer v2 tells of all three, through every frame above (w3c.github.io/IntersectionObserver/v2).
 */
import { type RefObject, useEffect, useState } from "react";

declare global {
  interface IntersectionObserverInit {
    trackVisibility?: boolean;
    /** Milliseconds; at least 100 where visibility is tracked. */
    delay?: number;
  }
  interface IntersectionObserverEntry {
    readonly isVisible: boolean;
  }
}

/** `away`: scrolled out, or under a part of the panel itself. Only `clear` may act. */
export type Cover = "away" | "covered" | "clear";

/** A cover that is taken away under a hand that already moves is as bad as one that stays. */
const SETTLED_MS = 300;

/** What this document itself draws at the middle of the element. */
function underOurOwn(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  const drawn = document.elementFromPoint(left + width / 2, top + height / 2);
  return drawn !== null && !element.contains(drawn);
}

function coverOf({ target, isVisible, intersectionRatio }: IntersectionObserverEntry): Cover {
  if (isVisible) return "clear";
  return intersectionRatio < 0.99 || underOurOwn(target) ? "away" : "covered";
}

export function useCover(ref: RefObject<Element | null>): Cover {
  const [cover, setCover] = useState<Cover>("away");
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    let settling: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1);
        if (entry === undefined) return;
        const next = coverOf(entry);
        clearTimeout(settling);
        if (next !== "clear") setCover(next);
        else settling = setTimeout(() => setCover(next), SETTLED_MS);
      },
      { trackVisibility: true, delay: 100, threshold: [0, 0.99, 1] },
    );
    observer.observe(element);
    return () => {
      clearTimeout(settling);
      observer.disconnect();
    };
  }, [ref]);
  return cover;
}
