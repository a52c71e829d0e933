/** Below a finished answer: take it along, ask the same again, or see how it was done. */
import { type ReactElement, useId, useState } from "react";

import { detach } from "../../detach.ts";
import { IconButton } from "../../ui/button.tsx";
import { howDone, type Lap } from "../timeline.ts";
import { plainCitations } from "./citation.ts";
import { HowDone } from "./how-done.tsx";
import { WORDS as HOW } from "./how-words.ts";
import { WORDS } from "./words.ts";

export interface TurnProps {
  answer: string;
  laps: readonly Lap[];
  /** Undefined while another question is on its way. */
  onAgain: (() => void) | undefined;
}

export function Turn({ answer, laps, onAgain }: TurnProps): ReactElement {
  const [said, setSaid] = useState("");
  const [open, setOpen] = useState(false);
  const id = useId();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(plainCitations(answer));
      setSaid(WORDS.copied);
    } catch {
      setSaid(WORDS.notCopied);
    }
  };
  return (
    <>
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
        <IconButton
          icon="clock"
          size={16}
          label={HOW.how}
          data-testid="how"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        />
        <output className="quiet">{said}</output>
      </div>
      {open ? <HowDone done={howDone(laps)} id={id} /> : undefined}
    </>
  );
}
