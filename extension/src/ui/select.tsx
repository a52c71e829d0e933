/** One of a short list, as the browser draws it: its list may leave the frame that the panel stands in. */
import { type ReactElement, useId } from "react";

export interface SelectProps<T extends string> {
  label: string;
  hideLabel?: boolean;
  options: readonly { value: T; label: string }[];
  chosen: T;
  disabled?: boolean;
  testId: string;
  onChoose: (value: T) => void;
}

export function Select<T extends string>(props: SelectProps<T>): ReactElement {
  const { label, hideLabel = false, options, chosen, disabled = false, testId, onChoose } = props;
  const id = useId();
  return (
    <div className="field">
      <label className={hideLabel ? "hidden-text" : "field-label"} htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="input"
        value={chosen}
        disabled={disabled}
        data-testid={testId}
        onChange={(event) => {
          const found = options.find(({ value }) => value === event.target.value);
          if (found !== undefined) onChoose(found.value);
        }}
      >
        {options.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
