/** A template on its way to a mail: who gets it, what it still asks, and the mail as it will be. */
import { Compose } from "@vaultdesk/shared/api.ts";
import type { ThreadId } from "@vaultdesk/shared/id.ts";
import {
  type ComposeFacts,
  fieldsIn,
  fill,
  knownFields,
  piecesOf,
  type TemplateText,
} from "@vaultdesk/shared/template.ts";
import { type ReactElement, useState } from "react";

import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { splitMailboxes } from "../draft/address.ts";
import { labelOf, WORDS } from "./words.ts";

/** What the person typed so far. */
export interface Begun {
  /** Absent until it was changed. */
  to?: string;
  fields: ReadonlyMap<string, string>;
}

export interface WriteProps {
  template: TemplateText;
  facts: ComposeFacts;
  threadId: ThreadId | undefined;
  /** Names the zone in which the last mail's day is meant. */
  timeZone: string;
  begun: Begun;
  onType: (begun: Begun) => void;
  onBack: () => void;
  onSave: (mail: Compose) => Promise<void>;
}

export function Write(props: WriteProps): ReactElement {
  const { template, facts, threadId, timeZone, begun, onType, onBack, onSave } = props;
  const { thread } = facts;
  const to = begun.to ?? (thread?.to ?? []).join(", ");
  const typed = begun.fields;
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const known = knownFields(facts, timeZone);
  const subject = thread === undefined ? template.subject : "";
  const asked = fieldsIn(subject, template.body).filter((name) => !known.has(name));
  const values = new Map([...known, ...typed]);
  const open = asked.filter((name) => (typed.get(name)?.trim() ?? "") === "");
  const mailboxes = splitMailboxes(to);
  const mail = Compose.safeParse({
    threadId,
    messageId: thread?.messageId,
    to: mailboxes,
    subject: fill(subject, values),
    text: fill(template.body, values),
  });
  const nobody = mailboxes.length === 0 ? WORDS.nobody : undefined;
  const wrongTo = mail.error?.issues.some(({ path }) => path[0] === "to") === true;

  const submit = async () => {
    setTried(true);
    if (!mail.success || open.length > 0) return;
    setBusy(true);
    await onSave(mail.data);
    setBusy(false);
  };

  return (
    <form
      className="stack"
      data-testid="compose-write"
      onSubmit={(event) => {
        event.preventDefault();
        detach(submit());
      }}
    >
      <p className="quiet">{thread === undefined ? WORDS.fresh : WORDS.reply}</p>
      <Field
        label={WORDS.to}
        value={to}
        error={tried && wrongTo ? (nobody ?? WORDS.notAddress) : undefined}
        testId="compose-to"
        onChange={(value) => onType({ ...begun, to: value })}
      />
      {asked.map((name) => (
        <Field
          key={name}
          label={labelOf(name)}
          value={typed.get(name) ?? ""}
          error={tried && open.includes(name) ? WORDS.gap(name) : undefined}
          testId="compose-field"
          onChange={(value) => onType({ ...begun, fields: new Map(typed).set(name, value) })}
        />
      ))}
      <section aria-label={WORDS.preview} className="preview" data-testid="compose-preview">
        <p className="preview-subject">
          {thread === undefined ? (
            <Filled text={subject} values={values} />
          ) : (
            `Re: ${thread.subject}`
          )}
        </p>
        <p className="body">
          <Filled text={template.body} values={values} />
        </p>
      </section>
      <p className="quiet">{WORDS.signature}</p>
      <div className="actions">
        <Button look="plain" onClick={onBack}>
          {WORDS.back}
        </Button>
        <span className="grow" />
        <Button type="submit" look="main" disabled={busy} data-testid="compose-save">
          {busy ? WORDS.saving : WORDS.save}
        </Button>
      </div>
    </form>
  );
}

function Filled({ text, values }: { text: string; values: ReadonlyMap<string, string> }) {
  return piecesOf(text, values).map((piece, index) =>
    "text" in piece ? (
      piece.text
    ) : (
      // The pieces of one text keep their places.
      <span className="gap" key={index}>
        {piece.missing}
      </span>
    ),
  );
}
