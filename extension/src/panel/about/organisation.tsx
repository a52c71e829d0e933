/** What the person's organisation set, in words: nothing of it can be changed here. */
import { ruleWords } from "@vaultdesk/shared/four-eyes.ts";
import type { OrgPolicyView } from "@vaultdesk/shared/org-policy.ts";
import type { ReactElement } from "react";

import { ORGANISATION as WORDS } from "./words.ts";

function auditLine(days: number | undefined): string[] {
  return days === undefined ? [] : [WORDS.keepAudit(days)];
}

function linesOf(policy: OrgPolicyView): string[] {
  const { models, blocked, only, ownSide, makesRooms, pinned, keep } = policy;
  return [
    ...(only === undefined ? [] : [WORDS.only(only)]),
    ...(blocked.length === 0 ? [] : [WORDS.blocked(blocked)]),
    ...(models === undefined ? [] : [WORDS.models(models)]),
    ...(ownSide === undefined ? [] : [WORDS.ownSide(ownSide)]),
    ...(makesRooms ? [] : [WORDS.noRooms]),
    ...pinned.map((rule) => WORDS.rule(ruleWords(rule))),
    ...(keep === undefined ? [] : [WORDS.keep(keep.conversations), ...auditLine(keep.audit)]),
  ];
}

export function Organisation({ policy }: { policy: OrgPolicyView }): ReactElement {
  const title = policy.set ? WORDS.title : WORDS.builtIn;
  return (
    <section className="stack" aria-label={title} data-testid="organisation">
      <h3>{title}</h3>
      <ul className="abilities">
        {linesOf(policy).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
