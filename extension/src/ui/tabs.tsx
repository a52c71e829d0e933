/** A few views of one thing, side by side. Arrow keys move between their names; only the chosen one is in the page. */
import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactElement, ReactNode } from "react";

interface Tab<Key extends string> {
  key: Key;
  label: string;
  content: ReactNode;
}

export interface TabsProps<Key extends string> {
  /** Names the row of tabs for screen readers. */
  label: string;
  tabs: readonly Tab<Key>[];
  chosen: Key;
  onChoose: (key: Key) => void;
}

export function Tabs<Key extends string>(props: TabsProps<Key>): ReactElement {
  const { label, tabs, chosen, onChoose } = props;
  return (
    <Base.Root
      className="tabs"
      value={chosen}
      onValueChange={(value) => {
        const tab = tabs.find(({ key }) => key === value);
        if (tab !== undefined) onChoose(tab.key);
      }}
    >
      <Base.List className="tab-list" aria-label={label} activateOnFocus>
        {tabs.map((tab) => (
          <Base.Tab key={tab.key} className="tab" value={tab.key} data-testid={`tab-${tab.key}`}>
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.key} className="tab-panel" value={tab.key}>
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
