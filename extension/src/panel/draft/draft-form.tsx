/** The draft's fields, to edit. Saving writes the Gmail draft; nothing is sent. */
import { type DraftContent, DraftEdit } from "@vaultdesk/shared/draft.ts";
import { type ReactElement, useEffect, useId, useRef, useState } from "react";

import { detach } from "../../detach.ts";
import { splitMailboxes } from "./address.ts";

export interface DraftFormProps {
  content: DraftContent;
  busy: boolean;
  /** What saving does besides, or why it can't be done. */
  notice: string | undefined;
  /** Too late to save: what was typed can still be read and copied. */
  late: boolean;
  onCancel: () => void;
  onSave: (edit: DraftEdit) => Promise<void>;
}

const LINES = [
  ["to", "To"],
  ["cc", "Cc"],
  ["bcc", "Bcc"],
  ["subject", "Subject"],
] as const;

export function DraftForm(props: DraftFormProps): ReactElement {
  const { content, busy, notice, late, onCancel, onSave } = props;
  const id = useId();
  const text = useRef<HTMLTextAreaElement>(null);
  const [fields, setFields] = useState({
    to: content.to.join(", "),
    cc: content.cc.join(", "),
    bcc: content.bcc.join(", "),
    subject: content.subject,
    text: content.text,
  });
  const [wrong, setWrong] = useState<string>();

  // The button that opened the form is gone: without this the keyboard would start at the top of the page.
  useEffect(() => text.current?.focus(), []);

  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    const edit = DraftEdit.safeParse({
      to: splitMailboxes(fields.to),
      cc: splitMailboxes(fields.cc),
      bcc: splitMailboxes(fields.bcc),
      subject: fields.subject,
      text: fields.text,
    });
    setWrong(edit.success ? undefined : `Check ${String(edit.error.issues[0]?.path[0])}.`);
    if (edit.success) detach(onSave(edit.data));
  };

  return (
    <form className="draft-form" onSubmit={submit}>
      {LINES.map(([field, label]) => (
        <div className="field" key={field}>
          <label htmlFor={`${id}-${field}`}>{label}</label>
          <input
            id={`${id}-${field}`}
            type="text"
            value={fields[field]}
            data-testid={`edit-${field}`}
            onChange={(event) => setFields({ ...fields, [field]: event.target.value })}
          />
        </div>
      ))}
      <label className="hidden-text" htmlFor={`${id}-text`}>
        Text
      </label>
      <textarea
        id={`${id}-text`}
        ref={text}
        rows={10}
        value={fields.text}
        data-testid="edit-text"
        onChange={(event) => setFields({ ...fields, text: event.target.value })}
      />
      {wrong === undefined ? undefined : (
        <p role="alert" className="wrong">
          {wrong}
        </p>
      )}
      {notice === undefined ? undefined : (
        <output className="caution" data-testid="edit-notice">
          {notice}
        </output>
      )}
      <div className="actions">
        <button type="button" className="button plain" disabled={busy} onClick={onCancel}>
          Drop changes
        </button>
        <span className="grow" />
        <button type="submit" className="button" disabled={busy || late} data-testid="save-draft">
          Save draft
        </button>
      </div>
    </form>
  );
}
