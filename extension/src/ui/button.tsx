/** A button that says what happens. `main` is the one that a page is about, `danger` takes something away, `plain` has no edge. */
import type { ComponentProps, ReactElement } from "react";

import { Icon, type IconName } from "./icon.tsx";

export interface ButtonProps extends Omit<ComponentProps<"button">, "className"> {
  look?: "main" | "danger" | "plain";
}

export function Button({ look, type = "button", ...rest }: ButtonProps): ReactElement {
  return (
    <button {...rest} type={type} className={look === undefined ? "button" : `button ${look}`} />
  );
}

export interface IconButtonProps extends Omit<ComponentProps<"button">, "className" | "children"> {
  icon: IconName;
  size?: number;
  /** Its name for people who do not see the icon. */
  label: string;
}

export function IconButton({ icon, size, label, ...rest }: IconButtonProps): ReactElement {
  return (
    <button title={label} {...rest} type="button" className="icon-button" aria-label={label}>
      <Icon name={icon} {...(size === undefined ? {} : { size })} />
    </button>
  );
}
