/** The sign of VaultDesk: a ring that is dashed where something is only proposed and solid where it is proven. */
import type { ReactElement } from "react";

export function Mark(): ReactElement {
  return (
    <svg
      className="mark"
      width="18"
      height="18"
      viewBox="0 0 20 20"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M10 2a8 8 0 0 1 0 16" />
      <path d="M10 18a8 8 0 0 1 0-16" strokeDasharray="2.2 3.6" />
      <path d="M6.6 10.2l2.4 2.4 4.4-5" />
    </svg>
  );
}
