/** Time left, as a ring that empties and as text. Never read out by itself: a screen reader that comes to it hears minutes. */
import type { ReactElement } from "react";

import type { TimeLeft } from "./time-left.ts";

const RADIUS = 15;
const ROUND = 2 * Math.PI * RADIUS;

export interface RingProps {
  left: TimeLeft;
  spoken: string;
}

export function Ring({ left, spoken }: RingProps): ReactElement {
  return (
    <div className="ring" role="timer" aria-live="off" aria-label={spoken}>
      <svg width="40" height="40" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
        <circle className="ring-track" cx="20" cy="20" r={RADIUS} />
        <circle
          className="ring-left"
          cx="20"
          cy="20"
          r={RADIUS}
          strokeDasharray={`${ROUND * left.share} ${ROUND}`}
          transform="rotate(-90 20 20)"
        />
      </svg>
      <span className="ring-text" aria-hidden="true" data-testid="time-left">
        {left.text}
      </span>
    </div>
  );
}
