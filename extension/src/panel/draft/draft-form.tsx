/** The draft's fields, to edit. Saving writes the Gmail draft; nothing is sent. */
import { type DraftContent, DraftEdit } from "@vaultdesk/shared/draft.ts";
import { type ReactElement, useEffect, useRef, useState } from "react";

import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { useHold } from "../use-hold.ts";
import { splitMailboxes } from "./address.ts";
import { wrongWords } from "./words.ts";

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
  const form = useRef<HTMLFormElement>(null);
  const [fields, setFields] = useState({
    to: content.to.join(", "),
    cc: content.cc.join(", "),
    bcc: content.bcc.join(", "),
    subject: content.subject,
    text: content.text,
  });
  const [wrong, setWrong] = useState<{ field: PropertyKey | undefined; words: string }>();
  useHold("typed");

  // The button that opened the form is gone: without this the keyboard would start at the top of the page.
  useEffect(() => form.current?.querySelector("textarea")?.focus(), []);

  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    const edit = DraftEdit.safeParse({
      to: splitMailboxes(fields.to),
      cc: splitMailboxes(fields.cc),
      bcc: splitMailboxes(fields.bcc),
      subject: fields.subject,
      text: fields.text,
    });
    const field = edit.error?.issues[0]?.path[0];
    setWrong(edit.success ? undefined : { field, words: wrongWords(field) });
    if (edit.success) detach(onSave(edit.data));
  };

  return (
    <form className="draft-form" onSubmit={submit} ref={form}>
      {LINES.map(([field, label]) => (
        <Field
          key={field}
          label={label}
          place="beside"
          value={fields[field]}
          error={wrong?.field === field ? wrong.words : undefined}
          testId={`edit-${field}`}
          onChange={(value) => setFields({ ...fields, [field]: value })}
        />
      ))}
      <Field
        label="Text"
        place="hidden"
        lines={10}
        value={fields.text}
        error={wrong?.field === "text" ? wrong.words : undefined}
        testId="edit-text"
        onChange={(value) => setFields({ ...fields, text: value })}
      />
      {notice === undefined ? undefined : (
        <output className="caution" data-testid="edit-notice">
          {notice}
        </output>
      )}
      <div className="actions">
        <Button look="plain" disabled={busy} onClick={onCancel}>
          Drop changes
        </Button>
        <span className="grow" />
        <Button type="submit" disabled={busy || late} data-testid="save-draft">
          Save draft
        </Button>
      </div>
    </form>
  );
}
