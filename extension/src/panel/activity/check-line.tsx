/** Whether this computer could prove what is shown: solid when it could, dashed while it looks. */
import type { ReactElement } from "react";

import type { Checked } from "./check.ts";
import { checkedWords } from "./trail-words.ts";

export function CheckLine({ checked }: { checked: Checked | undefined }): ReactElement {
  const state = checked === undefined ? "checking" : checked.ok ? "proven" : "wrong";
  return (
    <output className="check-line" data-testid="trail-check" data-state={state}>
      {checkedWords(checked)}
    </output>
  );
}
