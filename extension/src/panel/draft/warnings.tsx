/** What to know before a yes: the worst first, in whole sentences. Nothing where nothing is to be said. */
import { cardWords, isGrave, type Warning, worstFirst } from "@vaultdesk/shared/warning.ts";
import type { ReactElement } from "react";

export function Warnings({
  warnings = [],
}: {
  warnings: readonly Warning[] | undefined;
}): ReactElement | undefined {
  if (warnings.length === 0) return undefined;
  return (
    <ul className="warnings" aria-label="Before you say yes" data-testid="warnings">
      {worstFirst(warnings).map((one) => (
        <li key={`${one.kind} ${one.about}`} data-kind={one.kind} data-grave={isGrave(one)}>
          {cardWords(one)}
        </li>
      ))}
    </ul>
  );
}
