/** One of a few: a row of radio buttons that looks like one control. */
import { type ReactElement, useId } from "react";

export interface ChoiceProps<T extends string | number> {
  label: string;
  options: readonly { value: T; label: string }[];
  chosen: T;
  testId: string;
  onChoose: (value: T) => void;
}

export function Choice<T extends string | number>(props: ChoiceProps<T>): ReactElement {
  const { label, options, chosen, testId, onChoose } = props;
  const name = useId();
  return (
    <fieldset className="choice" data-testid={testId}>
      <legend>{label}</legend>
      <div className="choice-row">
        {options.map((option) => (
          <label key={option.value} className="choice-option">
            <input
              type="radio"
              className="hidden-text"
              name={name}
              checked={option.value === chosen}
              onChange={() => onChoose(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
