/** The terms of a thread as they stand. A line opens on click: the words of the mail, and the way to it in Gmail. */
import type { CurrentTerms, Statement, Term } from "@vaultdesk/shared/term.ts";
import { type ReactElement, useId } from "react";

import { Icon } from "../../ui/icon.tsx";
import { addressOf } from "../draft/address.ts";
import {
  cautionsOf,
  LEAD,
  OPEN,
  OWN_WORDS,
  parted,
  REPLACED,
  SHOW,
  TITLE,
  whoAndWhen,
} from "./words.ts";

interface StatementProps {
  said: Statement;
  replaced?: boolean;
  onCite: (messageId: string) => void;
}

function StatementView({ said, replaced = false, onCite }: StatementProps): ReactElement {
  const { value, inQuote, from, quote, messageId } = said;
  return (
    <details className="statement" data-testid={replaced ? "term-replaced" : "term-current"}>
      <summary>
        <span className="grow">
          {replaced ? (
            <span className="quiet">
              {REPLACED} <del>{value}</del>
            </span>
          ) : (
            <span className="term-value">{value}</span>
          )}
          {inQuote ? undefined : <span className="quiet"> ({OWN_WORDS})</span>}{" "}
          <span className="quiet nowrap">{whoAndWhen(said)}</span>
        </span>
        <span className="step-mark" aria-hidden="true">
          <Icon name="step" size={12} />
        </span>
      </summary>
      <blockquote data-testid="term-quote">“{quote}”</blockquote>
      <p className="quiet">
        {addressOf(from)}{" "}
        <button
          type="button"
          className="cite"
          data-testid="cite"
          aria-label={`${SHOW}: ${whoAndWhen(said)}`}
          onClick={() => onCite(messageId)}
        >
          {SHOW}
        </button>
      </p>
    </details>
  );
}

interface TermListProps {
  terms: readonly Term[];
  onCite: (messageId: string) => void;
}

function TermList({ terms, onCite }: TermListProps): ReactElement {
  return (
    <dl>
      {terms.map(({ topic, name, current, replaced }) => (
        <div key={`${topic} ${name}`} data-testid="term" data-topic={topic} data-name={name}>
          <dt>{name}</dt>
          <dd>
            <StatementView said={current} onCite={onCite} />
            {replaced.map((said) => (
              <StatementView
                key={`${said.messageId} ${said.value}`}
                said={said}
                replaced
                onCite={onCite}
              />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

export interface TermsCardProps {
  terms: CurrentTerms;
  onCite: (messageId: string) => void;
}

export function TermsCard({ terms, onCite }: TermsCardProps): ReactElement {
  const id = useId();
  const { settled, open } = parted(terms.terms);
  return (
    <section className="card terms" aria-labelledby={id} data-testid="terms-card">
      <h2 className="title" id={id}>
        {TITLE}
      </h2>
      <p className="quiet">{LEAD}</p>
      {settled.length === 0 ? undefined : <TermList terms={settled} onCite={onCite} />}
      {open.length === 0 ? undefined : (
        <>
          <h3>{OPEN}</h3>
          <TermList terms={open} onCite={onCite} />
        </>
      )}
      {cautionsOf(terms).map((caution) => (
        <p key={caution} className="caution" data-testid="terms-caution">
          {caution}
        </p>
      ))}
    </section>
  );
}
