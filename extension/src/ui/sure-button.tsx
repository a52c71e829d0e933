/**
 * A button that sends, undoes or deletes: works only while a person can see it as it was drawn, and only for a press of theirs. It keeps the
 * keyboard's place while it is off, so it is not `disabled` then.
 */
import { type MouseEvent, type ReactElement, useId, useRef } from "react";

import { Button, type ButtonProps } from "./button.tsx";
import { useCover } from "./use-cover.ts";

export interface SureButtonProps extends Omit<ButtonProps, "onClick" | "ref"> {
  onPress: () => void;
}

export function SureButton({ onPress, disabled, ...rest }: SureButtonProps): ReactElement {
  const button = useRef<HTMLButtonElement>(null);
  const cover = useCover(button);
  const why = useId();
  const press = (event: MouseEvent) => {
    if (cover === "clear" && event.nativeEvent.isTrusted) onPress();
  };
  return (
    <>
      <Button
        {...rest}
        ref={button}
        disabled={disabled}
        aria-disabled={cover !== "clear" || undefined}
        aria-describedby={cover === "covered" ? why : undefined}
        data-cover={cover}
        onClick={press}
      />
      {cover === "covered" ? (
        <output className="sure-why" id={why} data-testid="covered">
          Something lies over this button or changes how it looks, so it is off. Nothing was done.
          Move it away, or open VaultDesk in the side panel.
        </output>
      ) : undefined}
    </>
  );
}
