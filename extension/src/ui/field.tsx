/** A labelled field. Hint and error are tied to it, so that a screen reader says them; an error also marks it as wrong. */
import { Field as Base } from "@base-ui/react/field";
import type { ReactElement } from "react";

export interface FieldProps {
  label: string;
  /** Beside the field, above it, or for screen readers only. */
  place?: "beside" | "above" | "hidden";
  hint?: string | undefined;
  error?: string | undefined;
  value: string;
  /** More than one makes it a text area. */
  lines?: number;
  maxLength?: number;
  disabled?: boolean;
  placeholder?: string;
  testId: string;
  onChange: (value: string) => void;
}

export function Field(props: FieldProps): ReactElement {
  const {
    label,
    place = "above",
    hint,
    error,
    value,
    lines = 1,
    testId,
    onChange,
    ...rest
  } = props;
  return (
    <Base.Root className="field" data-place={place} invalid={error !== undefined}>
      <Base.Label className={place === "hidden" ? "hidden-text" : "field-label"}>
        {label}
      </Base.Label>
      <Base.Control
        {...rest}
        className="input"
        value={value}
        data-testid={testId}
        onValueChange={onChange}
        {...(lines === 1 ? {} : { render: <textarea rows={lines} /> })}
      />
      {hint === undefined ? undefined : (
        <Base.Description className="quiet field-note">{hint}</Base.Description>
      )}
      {error === undefined ? undefined : (
        <Base.Error className="wrong field-note" match>
          {error}
        </Base.Error>
      )}
    </Base.Root>
  );
}
