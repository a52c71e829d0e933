/** A second look before something is taken away: what will be gone, what stays, and the way back first. */
import { type ReactElement, useState } from "react";

import { detach } from "../detach.ts";
import { Button } from "./button.tsx";
import { later } from "./later.tsx";
import { SureButton } from "./sure-button.tsx";

const Dialog = later(async () => (await import("./dialog.tsx")).Dialog);

export interface ConfirmProps {
  title: string;
  words: string;
  /** What it is about, where the title does not say. */
  about?: string;
  keep: string;
  go: string;
  testId: string;
  onEnd: () => void;
  /** The dialog ends with it, unless it takes away what the dialog stands on. */
  onGo: () => Promise<void>;
}

export function Confirm(props: ConfirmProps): ReactElement {
  const { title, words, about, keep, go, testId, onEnd, onGo } = props;
  const [busy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    await onGo();
    onEnd();
  };
  return (
    <Dialog
      open
      loose
      onClose={onEnd}
      title={title}
      words={words}
      testId={`confirm-${testId}`}
      actions={
        <>
          <Button disabled={busy} onClick={onEnd}>
            {keep}
          </Button>
          <SureButton
            look="danger"
            data-testid={`${testId}-for-good`}
            disabled={busy}
            onPress={() => detach(act())}
          >
            {go}
          </SureButton>
        </>
      }
    >
      {about === undefined ? undefined : <p className="cut">{about}</p>}
    </Dialog>
  );
}
