/**
 * A button that sends, undoes or deletes: works only while a person can see it as it was drawn, and only for a press of theirs. It keeps the
 * keyboard's place while it is off, so it is not `disabled` then, and a press that did nothing says so.
 */
import { type MouseEvent, type ReactElement, useId, useRef, useState } from "react";

import { Button, type ButtonProps } from "./button.tsx";
import { useCover } from "./use-cover.ts";

export interface SureButtonProps extends Omit<ButtonProps, "onClick" | "ref"> {
  onPress: () => void;
}

export function SureButton({ onPress, disabled, ...rest }: SureButtonProps): ReactElement {
  const button = useRef<HTMLButtonElement>(null);
  const cover = useCover(button);
  const why = useId();
  const [missed, setMissed] = useState(false);
  const press = (event: MouseEvent) => {
    if (!event.nativeEvent.isTrusted) return;
    setMissed(cover !== "clear");
    if (cover === "clear") onPress();
  };
  return (
    <>
      <Button
        {...rest}
        ref={button}
        disabled={disabled}
        aria-disabled={cover !== "clear" || undefined}
        aria-describedby={cover === "covered" || missed ? why : undefined}
        data-cover={cover}
        onClick={press}
      />
      {cover === "covered" ? (
        <output className="sure-why" id={why} data-testid="covered">
          Something lies over this button or changes how it looks, so it is off. Nothing was done.
          Move it away, or open VaultDesk in the side panel.
        </output>
      ) : missed ? (
        <output className="sure-why" id={why} data-testid="missed">
          The panel was moving, so nothing was done. Press again.
        </output>
      ) : undefined}
    </>
  );
}
