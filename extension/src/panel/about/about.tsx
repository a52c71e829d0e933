/** What VaultDesk can and can't do, made of the table of its tools, with what is granted now. */
import { missingFor, ToolName } from "@vaultdesk/shared/scope.ts";
import { NEVER, TOOL_WORDS, type ToolWords } from "@vaultdesk/shared/tool-words.ts";
import type { ReactElement } from "react";

import type { Call } from "../../api/call.ts";
import { Page } from "../page.tsx";
import { useOrgPolicy } from "../use-org-policy.ts";
import { Organisation } from "./organisation.tsx";
import { WORDS } from "./words.ts";

export interface AboutProps {
  call: Call;
  granted: readonly string[];
  onBack: () => void;
}

const KINDS: readonly ToolWords["kind"][] = ["reads", "drafts", "asks"];

export function About({ call, granted, onBack }: AboutProps): ReactElement {
  const policy = useOrgPolicy(call);
  return (
    <Page title={WORDS.title} testId="about" onBack={onBack}>
      <p>{WORDS.promise}</p>
      {KINDS.map((kind) => (
        <section key={kind} className="stack" aria-label={WORDS[kind]}>
          <h3>{WORDS[kind]}</h3>
          <ul className="abilities">
            {ToolName.options
              .filter((tool) => TOOL_WORDS[tool].kind === kind)
              .map((tool) => (
                <li key={tool} data-testid="ability" data-tool={tool}>
                  {TOOL_WORDS[tool].does}
                  {missingFor(tool, granted).length === 0 ? undefined : (
                    <span className="quiet"> {WORDS.notGranted}</span>
                  )}
                </li>
              ))}
          </ul>
        </section>
      ))}
      <section className="stack" aria-label={WORDS.never}>
        <h3>{WORDS.never}</h3>
        <ul className="abilities">
          {NEVER.map((never) => (
            <li key={never}>{never}</li>
          ))}
        </ul>
      </section>
      <Organisation policy={policy} />
    </Page>
  );
}
