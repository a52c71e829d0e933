/**
 * A modal: keeps the keyboard inside, closes on Escape and gives the focus back to where it was. Nothing that is typed in it may be lost by
 * a stray click, so a click beside it closes only what holds no field (`loose`).
 */
import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactElement, ReactNode } from "react";

import { IconButton } from "./button.tsx";

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** One sentence under the title. */
  words?: string;
  testId?: string;
  loose?: boolean;
  children?: ReactNode;
  /** Buttons at the end, the one that is meant last. */
  actions?: ReactNode;
}

export function Dialog(props: DialogProps): ReactElement {
  const { open, onClose, title, words, testId, loose = false, children, actions } = props;
  return (
    <Base.Root
      open={open}
      disablePointerDismissal={!loose}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Base.Portal>
        {/* One that stands on another covers it too. */}
        <Base.Backdrop className="backdrop" forceRender />
        <Base.Popup className="dialog" data-testid={testId}>
          <header className="dialog-head">
            <Base.Title className="title grow">{title}</Base.Title>
            <Base.Close render={<IconButton icon="close" label="Close" />} />
          </header>
          {words === undefined ? undefined : (
            <Base.Description className="quiet">{words}</Base.Description>
          )}
          {children === undefined ? undefined : <div className="dialog-body">{children}</div>}
          {actions === undefined ? undefined : <footer className="actions">{actions}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
