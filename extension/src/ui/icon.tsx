/** The icons of the panel: one set, drawn on 20 by 20 with one stroke. Decoration only; the name stands on the button. */
import type { ReactElement } from "react";

const PATHS = {
  close: "M5 5l10 10M15 5L5 15",
  more: "M10 4.5v.01M10 10v.01M10 15.5v.01",
  plus: "M10 4v12M4 10h12",
  send: "M10 16V4M5 9l5-5 5 5",
  stop: "M6 6h8v8H6z",
  step: "M7 4l6 6-6 6",
  done: "M4.5 10.5l3.5 3.5 7.5-8",
  back: "M12 4l-6 6 6 6",
  phone: "M6.5 2.5h7v15h-7zM9 14.8h2",
  bin: "M4 6h12M8 6V4h4v2M6 6l.7 10h6.6L14 6M8.5 9v4M11.5 9v4",
  draft: "M4 16l.8-3.4L13 4.4l2.6 2.6-8.2 8.2L4 16z",
  aside: "M5 5l5 5-5 5M15 4v12",
  copy: "M7 7h9v10H7zM13 7V3.5H4V13h3",
  again: "M16 10a6 6 0 1 1-2-4.5M16 3v3.5h-3.5",
  clock: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4l2.5 2",
  away: "M8 5H5v10h10v-3M11 4h5v5M16 4l-7 7",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }): ReactElement {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill={name === "stop" ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth={name === "more" ? 2.6 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
