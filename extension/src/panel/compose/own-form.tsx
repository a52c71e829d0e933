/** One's own template, written or changed. */
import { type OwnTemplate, TemplateText } from "@vaultdesk/shared/template.ts";
import { type ReactElement, useState } from "react";

import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { WORDS } from "./words.ts";

export interface OwnFormProps {
  template: OwnTemplate | undefined;
  onBack: () => void;
  onSave: (text: TemplateText) => Promise<void>;
}

export function OwnForm({ template, onBack, onSave }: OwnFormProps): ReactElement {
  const [text, setText] = useState<TemplateText>(template ?? { title: "", subject: "", body: "" });
  const [tried, setTried] = useState(false);
  const parsed = TemplateText.safeParse(text);
  const wrong = (field: keyof TemplateText, words: string) =>
    tried && parsed.error?.issues.some(({ path }) => path[0] === field) === true
      ? words
      : undefined;

  return (
    <form
      className="stack"
      data-testid="own-form"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (parsed.success) detach(onSave(parsed.data));
      }}
    >
      <Field
        label={WORDS.name}
        maxLength={80}
        value={text.title}
        error={wrong("title", WORDS.emptyName)}
        testId="own-title"
        onChange={(title) => setText({ ...text, title })}
      />
      <Field
        label={WORDS.subject}
        maxLength={300}
        value={text.subject}
        testId="own-subject"
        onChange={(subject) => setText({ ...text, subject })}
      />
      <Field
        label={WORDS.text}
        lines={6}
        maxLength={20_000}
        hint={WORDS.fields}
        value={text.body}
        error={wrong("body", WORDS.emptyText)}
        testId="own-body"
        onChange={(body) => setText({ ...text, body })}
      />
      <div className="actions">
        <Button look="plain" onClick={onBack}>
          {WORDS.back}
        </Button>
        <span className="grow" />
        <Button type="submit" look="main" data-testid="own-save">
          {WORDS.saveOwn}
        </Button>
      </div>
    </form>
  );
}
