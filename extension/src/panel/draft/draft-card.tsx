/** A draft in Gmail: read it, edit it here, ask the phone to send exactly what is shown. Dashed until it is sent. */
import type { DraftEdit, DraftView } from "@vaultdesk/shared/draft.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { type ReactElement, useState } from "react";

import { detach } from "../../detach.ts";
import { ProblemCard } from "../chat/problem-card.tsx";
import type { Remedies } from "../chat/remedy.ts";
import { displayName } from "./address.ts";
import { DraftForm } from "./draft-form.tsx";
import { Envelope } from "./envelope.tsx";

export interface DraftCardProps {
  draft: DraftView;
  fate: "free" | "asked" | "sent";
  /** What the phone is asked can still be withdrawn: changing the draft does so. */
  changeable: boolean;
  gmailUrl: string;
  /** The tab shows another mailbox: look, but do nothing. */
  readOnly: boolean;
  remedies: Remedies;
  /** Each gives the problem back when it did not work. */
  onSave: (draft: DraftView, edit: DraftEdit) => Promise<Problem | undefined>;
  onAskPhone: (draft: DraftView) => Promise<Problem | undefined>;
}

const BADGES = { free: "draft", asked: "asked", sent: "sent" } as const;

function titleOf(draft: DraftView): string {
  const [first, ...others] = draft.content.to.map(displayName);
  const verb = draft.content.threadId === undefined ? "Mail" : "Reply";
  if (first === undefined) return `${verb} without recipients`;
  return others.length === 0
    ? `${verb} to ${first}`
    : `${verb} to ${first} and ${others.length} more`;
}

export function DraftCard(props: DraftCardProps): ReactElement {
  const { draft, fate, changeable, gmailUrl, readOnly, remedies, onSave, onAskPhone } = props;
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const { content } = draft;
  const editable = fate === "free" || (fate === "asked" && changeable);
  const nobody = content.to.length + content.cc.length + content.bcc.length === 0;

  const during = async (work: () => Promise<Problem | undefined>): Promise<boolean> => {
    setBusy(true);
    const said = await work();
    setProblem(said);
    setBusy(false);
    return said === undefined;
  };

  return (
    <article
      className="card draft"
      data-testid="draft-card"
      data-fate={fate}
      data-draft-id={draft.draftId}
      aria-label={titleOf(draft)}
    >
      <header className="card-head">
        <h2 className="grow">{titleOf(draft)}</h2>
        <span className="tag">{BADGES[fate]}</span>
      </header>
      {editable && editing ? (
        <>
          {fate === "asked" ? (
            <p className="quiet" data-testid="withdraws">
              Saving withdraws the request on your phone. You can then ask for the new text.
            </p>
          ) : undefined}
          <DraftForm
            content={content}
            busy={busy}
            onCancel={() => setEditing(false)}
            onSave={async (edit) => {
              if (await during(() => onSave(draft, edit))) setEditing(false);
            }}
          />
        </>
      ) : fate === "free" ? (
        <Envelope content={content} show="all" />
      ) : (
        <p className="quiet">{content.subject}</p>
      )}
      {problem === undefined ? undefined : (
        <ProblemCard problem={problem} remedies={{ ...remedies, again: undefined }} />
      )}
      {editable ? (
        <div className="actions">
          {editing ? undefined : (
            <button
              type="button"
              className="button plain"
              data-testid="edit-draft"
              disabled={busy || readOnly}
              onClick={() => setEditing(true)}
            >
              Edit
            </button>
          )}
          <a
            className="button plain"
            href={gmailUrl}
            target="_blank"
            rel="noopener noreferrer"
            data-testid="open-in-gmail"
          >
            Open in Gmail
          </a>
          {fate === "free" ? (
            <button
              type="button"
              className="button main"
              data-testid="ask-phone"
              disabled={busy || editing || nobody || readOnly}
              title={editing ? "Save or drop your changes first" : undefined}
              onClick={() => detach(during(() => onAskPhone(draft)))}
            >
              Send: ask my phone
            </button>
          ) : undefined}
        </div>
      ) : undefined}
    </article>
  );
}
