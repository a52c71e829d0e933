/** Below a finished answer: take it along, or ask the same again. */
import { type ReactElement, useState } from "react";

import { detach } from "../../detach.ts";
import { IconButton } from "../../ui/button.tsx";
import { plainCitations } from "./citation.ts";
import { WORDS } from "./words.ts";

export interface TurnProps {
  answer: string;
  /** Undefined while another question is on its way. */
  onAgain: (() => void) | undefined;
}

export function Turn({ answer, onAgain }: TurnProps): ReactElement {
  const [said, setSaid] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(plainCitations(answer));
      setSaid(WORDS.copied);
    } catch {
      setSaid(WORDS.notCopied);
    }
  };
  return (
    <div className="turn">
      <IconButton
        icon="copy"
        size={16}
        label={WORDS.copy}
        data-testid="copy"
        onClick={() => detach(copy())}
      />
      {onAgain === undefined ? undefined : (
        <IconButton
          icon="again"
          size={16}
          label={WORDS.again}
          data-testid="again"
          onClick={onAgain}
        />
      )}
      <output className="quiet">{said}</output>
    </div>
  );
}
