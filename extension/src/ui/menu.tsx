/** A button and the list that opens under it: arrow keys, first letters, Escape. An entry with `on` is a switch and says where it stands. */
import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement } from "react";

import { IconButton } from "./button.tsx";

export interface MenuEntry {
  label: string;
  testId: string;
  /** Of a switch: where it stands. */
  on?: boolean;
  act: () => void;
}

function Entry({ entry }: { entry: MenuEntry }): ReactElement {
  const { label, testId, on, act } = entry;
  if (on === undefined) {
    return (
      <Base.Item className="menu-item" data-testid={testId} onClick={act}>
        {label}
      </Base.Item>
    );
  }
  return (
    <Base.CheckboxItem
      className="menu-item"
      data-testid={testId}
      checked={on}
      closeOnClick
      onCheckedChange={act}
    >
      {label}
      <span aria-hidden="true">{on ? ": on" : ": off"}</span>
    </Base.CheckboxItem>
  );
}

export interface MenuProps {
  /** The name of its button. */
  label: string;
  testId: string;
  entries: readonly MenuEntry[];
}

export function Menu({ label, testId, entries }: MenuProps): ReactElement {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={<IconButton icon="more" label={label} />} data-testid={testId} />
      <Base.Portal>
        <Base.Positioner className="floats" align="end" sideOffset={2}>
          <Base.Popup className="menu-list">
            {entries.map((entry) => (
              <Entry key={entry.testId} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
