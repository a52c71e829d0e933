/** A draft in Gmail: read it, edit it here, ask the phone to send exactly what is shown. Dashed until it is sent. */
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { type ReactElement, useEffect, useRef, useState } from "react";

import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { later } from "../../ui/later.tsx";
import { SureButton } from "../../ui/sure-button.tsx";
import { ProblemCard } from "../chat/problem-card.tsx";
import type { Remedies } from "../chat/remedy.ts";
import type { WriteActions } from "../chat/use-writes.ts";
import type { Fate } from "../questions.ts";
import { displayName } from "./address.ts";
import { Envelope } from "./envelope.tsx";
import type { Editing } from "./use-editing.ts";
import { noticeOf } from "./words.ts";

export interface DraftCardProps {
  draft: DraftView;
  fate: Fate;
  /** Mails in the request that waits about it. */
  together: number;
  /** The tab shows another mailbox: look, but do nothing. */
  readOnly: boolean;
  editing: Editing;
  remedies: Remedies;
  writes: Pick<WriteActions, "urlOf" | "save" | "askPhone">;
}

const DraftForm = later(async () => (await import("./draft-form.tsx")).DraftForm);

const Override = later(async () => (await import("./override.tsx")).Override);

const BADGES = { free: "draft", asked: "asked", going: "approved", sent: "sent" } as const;

function titleOf(draft: DraftView): string {
  const [first, ...others] = draft.content.to.map(displayName);
  const verb = draft.content.threadId === undefined ? "Mail" : "Reply";
  if (first === undefined) return `${verb} without recipients`;
  return others.length === 0
    ? `${verb} to ${first}`
    : `${verb} to ${first} and ${others.length} more`;
}

export function DraftCard(props: DraftCardProps): ReactElement {
  const { draft, fate, together, readOnly, editing, remedies, writes } = props;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const { content, draftId } = draft;
  const begun = editing.of(draftId);
  const free = fate === "free";
  const isEdited = begun !== undefined;
  const wasEdited = useRef(isEdited);
  const editButton = useRef<HTMLButtonElement>(null);
  const nobody = content.to.length + content.cc.length + content.bcc.length === 0;

  // The form that held the keyboard is gone: without this Tab would start at the top of the page.
  useEffect(() => {
    if (wasEdited.current && !isEdited && document.activeElement === document.body) {
      editButton.current?.focus();
    }
    wasEdited.current = isEdited;
  }, [isEdited]);

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
      data-draft-id={draftId}
      aria-label={titleOf(draft)}
    >
      <header className="card-head">
        <h2 className="grow">{titleOf(draft)}</h2>
        <span className="tag">{BADGES[fate]}</span>
      </header>
      {begun === undefined ? (
        free ? (
          <Envelope content={content} judged={draft} show="all" />
        ) : (
          <p className="quiet">{content.subject}</p>
        )
      ) : (
        <DraftForm
          content={begun.content}
          busy={busy}
          notice={noticeOf(fate, together)}
          late={fate === "going" || fate === "sent"}
          onCancel={() => {
            setProblem(undefined);
            editing.end(draftId);
          }}
          onSave={async (edit) => {
            if (await during(() => writes.save(begun, edit))) editing.end(draftId);
          }}
        />
      )}
      {problem === undefined ? undefined : (
        <>
          <ProblemCard problem={problem} remedies={{ ...remedies, again: undefined }} />
          {free && problem.code === "tier_break" ? (
            <Override
              problem={problem}
              busy={busy || readOnly || begun !== undefined}
              onAsk={(override) => during(() => writes.askPhone([draft], override))}
            />
          ) : undefined}
        </>
      )}
      {free || (fate === "asked" && !isEdited) ? (
        <div className="actions">
          {!isEdited ? (
            <Button
              look="plain"
              ref={editButton}
              data-testid="edit-draft"
              disabled={busy || readOnly}
              onClick={() => editing.start(draft)}
            >
              Edit
            </Button>
          ) : undefined}
          {free ? (
            <>
              <a
                className="button plain"
                href={writes.urlOf(draft)}
                target="_blank"
                rel="noopener noreferrer"
                data-testid="open-in-gmail"
              >
                Open in Gmail
              </a>
              <SureButton
                look="main"
                data-testid="ask-phone"
                disabled={busy || isEdited || nobody || readOnly}
                title={isEdited ? "Save or drop your changes first" : undefined}
                onPress={() => detach(during(() => writes.askPhone([draft])))}
              >
                Send: ask my phone
              </SureButton>
            </>
          ) : undefined}
        </div>
      ) : undefined}
    </article>
  );
}
