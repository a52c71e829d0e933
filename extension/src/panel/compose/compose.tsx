/**
 * Compose: a template, filled by code from the open thread, becomes a Gmail draft and a card like any other. What was typed stays when the
 * dialog is closed, until it is saved.
 */
import type { Compose as Mail } from "@vaultdesk/shared/api.ts";
import type { ConversationId, ThreadId } from "@vaultdesk/shared/id.ts";
import type { OwnTemplate, TemplateText } from "@vaultdesk/shared/template.ts";
import { type ReactElement, useState } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { ProblemCard } from "../chat/problem-card.tsx";
import type { Remedies } from "../chat/remedy.ts";
import { useHold } from "../use-hold.ts";
import { OwnForm } from "./own-form.tsx";
import { Pick } from "./pick.tsx";
import { useCompose } from "./use-compose.ts";
import { WORDS } from "./words.ts";
import { type Begun, Write } from "./write.tsx";

export interface ComposeProps {
  call: Call;
  open: boolean;
  threadId: ThreadId | undefined;
  /** Of that thread. */
  conversationId: ConversationId | undefined;
  remedies: Remedies;
  onClose: () => void;
  onSaved: (id: ConversationId, threadId: ThreadId | undefined) => void;
}

type Step =
  | { at: "pick" }
  | { at: "write"; template: TemplateText; begun: Begun }
  | { at: "own"; template: OwnTemplate | undefined };

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function Compose(props: ComposeProps): ReactElement {
  const { call, open, threadId, conversationId, remedies, onClose, onSaved } = props;
  const [step, setStep] = useState<Step>({ at: "pick" });
  // A mail that was begun stays with its thread, whatever is opened beside it.
  const [about, setAbout] = useState(threadId);
  if (step.at === "pick" && about !== threadId) setAbout(threadId);
  const { facts, own, problem, again, save, keep, remove } = useCompose(call, open, about);
  useHold(step.at === "pick" ? undefined : "typed");
  const pick = () => setStep({ at: "pick" });

  const saveMail = async (mail: Mail) => {
    const here = mail.threadId === threadId && conversationId !== undefined;
    const id = await save(here ? { ...mail, conversationId } : mail);
    if (id === undefined) return;
    pick();
    onSaved(id, mail.threadId);
  };

  const title = { pick: WORDS.title, write: "", own: WORDS.ownTitle }[step.at];
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={step.at === "write" ? step.template.title : title}
      testId="compose"
      {...(step.at === "pick" ? { words: WORDS.pick } : {})}
    >
      {problem === undefined ? undefined : (
        <ProblemCard problem={problem} remedies={{ ...remedies, again: () => detach(again()) }} />
      )}
      {step.at === "pick" ? (
        <Pick
          own={own}
          onPick={(template) => setStep({ at: "write", template, begun: { fields: new Map() } })}
          onEdit={(template) => setStep({ at: "own", template })}
          onRemove={({ id }) => remove(id)}
        />
      ) : step.at === "own" ? (
        <OwnForm
          template={step.template}
          onBack={pick}
          onSave={async (text) => {
            if (await keep(step.template?.id, text)) pick();
          }}
        />
      ) : facts === undefined ? (
        problem === undefined ? (
          <p className="quiet">{WORDS.reading}</p>
        ) : undefined
      ) : (
        <Write
          template={step.template}
          facts={facts}
          threadId={about}
          timeZone={ZONE}
          begun={step.begun}
          onType={(begun) => setStep({ ...step, begun })}
          onBack={pick}
          onSave={saveMail}
        />
      )}
    </Dialog>
  );
}
