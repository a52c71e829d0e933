/** A day, as the browser lets people pick one. ISO date, empty until there is one. */
import type { ReactElement } from "react";

export interface DayFieldProps {
  label: string;
  hideLabel?: boolean;
  wrong?: boolean;
  value: string;
  testId: string;
  onChange: (day: string) => void;
}

export function DayField(props: DayFieldProps): ReactElement {
  const { label, hideLabel = false, wrong = false, value, testId, onChange } = props;
  return (
    <label className="field">
      <span className={hideLabel ? "hidden-text" : "field-label"}>{label}</span>
      <input
        type="date"
        className="input"
        value={value}
        aria-invalid={wrong}
        data-testid={testId}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
