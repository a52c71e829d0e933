/** Something that is on or off, at once. The whole line is its label. */
import { Switch as Base } from "@base-ui/react/switch";
import type { ReactElement } from "react";

export interface SwitchProps {
  label: string;
  /** What it does, in one sentence. */
  words?: string | undefined;
  on: boolean;
  disabled?: boolean;
  testId: string;
  onChange: (on: boolean) => void;
}

export function Switch(props: SwitchProps): ReactElement {
  const { label, words, on, disabled = false, testId, onChange } = props;
  return (
    <label className="switch-line">
      <span className="grow">
        {label}
        {words === undefined ? undefined : <span className="quiet switch-words">{words}</span>}
      </span>
      <Base.Root
        className="switch"
        data-testid={testId}
        checked={on}
        disabled={disabled}
        onCheckedChange={onChange}
      >
        <Base.Thumb className="switch-thumb" />
      </Base.Root>
    </label>
  );
}
