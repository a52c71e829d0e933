/** The header's menu: a button and a list that opens under it. Closes on Escape, on a choice, and when pointer or keyboard go elsewhere. */
import { type ReactElement, useEffect, useRef, useState } from "react";

import { Icon } from "../../ui/icon.tsx";

export interface MenuEntry {
  label: string;
  testId: string;
  /** Of a switch: where it stands. */
  on?: boolean;
  act: () => void;
}

export function Menu({ entries }: { entries: readonly MenuEntry[] }): ReactElement {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open) return undefined;
    const end = new AbortController();
    const outside = (event: Event) => {
      const inside = event.target instanceof Node && box.current?.contains(event.target) === true;
      if (!inside) setOpen(false);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopImmediatePropagation();
      setOpen(false);
      button.current?.focus();
    };
    const how = { signal: end.signal, capture: true };
    document.addEventListener("pointerdown", outside, how);
    document.addEventListener("focusin", outside, how);
    document.addEventListener("keydown", onKeyDown, how);
    return () => end.abort();
  }, [open]);

  return (
    <div className="menu" ref={box}>
      <button
        ref={button}
        type="button"
        className="icon-button"
        aria-label="More"
        title="More"
        aria-expanded={open}
        data-testid="menu"
        onClick={() => setOpen(!open)}
      >
        <Icon name="more" />
      </button>
      {open ? (
        <ul className="menu-list">
          {entries.map((entry) => (
            <li key={entry.testId}>
              <button
                type="button"
                data-testid={entry.testId}
                {...(entry.on === undefined ? {} : { role: "switch", "aria-checked": entry.on })}
                onClick={() => {
                  setOpen(false);
                  button.current?.focus();
                  entry.act();
                }}
              >
                {entry.label}
                {entry.on === undefined ? undefined : (
                  <span aria-hidden="true">{entry.on ? ": on" : ": off"}</span>
                )}
              </button>
            </li>
          ))}
        </ul>
      ) : undefined}
    </div>
  );
}
