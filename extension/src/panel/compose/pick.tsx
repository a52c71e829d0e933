/** The five templates, and one's own beside them: pick, edit, delete. */
import { type OwnTemplate, type TemplateText, TEMPLATES } from "@vaultdesk/shared/template.ts";
import { type ReactElement, useState } from "react";

import { Button, IconButton } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { WORDS } from "./words.ts";

export interface PickProps {
  own: readonly OwnTemplate[];
  onPick: (template: TemplateText) => void;
  onEdit: (template: OwnTemplate | undefined) => void;
  onRemove: (template: OwnTemplate) => Promise<void>;
}

export function Pick({ own, onPick, onEdit, onRemove }: PickProps): ReactElement {
  const [doomed, setDoomed] = useState<OwnTemplate>();
  return (
    <>
      <ul className="templates">
        {TEMPLATES.map((template) => (
          <li key={template.title}>
            <button
              type="button"
              className="pick"
              data-testid="template"
              onClick={() => onPick(template)}
            >
              {template.title}
            </button>
          </li>
        ))}
      </ul>
      <section aria-label={WORDS.yours} className="templates">
        <h3>{WORDS.yours}</h3>
        {own.length === 0 ? <p className="quiet">{WORDS.none}</p> : undefined}
        <ul className="templates">
          {own.map((template) => (
            <li key={template.id} className="own" data-testid="own-template">
              <button
                type="button"
                className="pick grow"
                data-testid="template"
                onClick={() => onPick(template)}
              >
                {template.title}
              </button>
              <IconButton
                icon="draft"
                size={16}
                label={WORDS.edit(template.title)}
                data-testid="template-edit"
                onClick={() => onEdit(template)}
              />
              <IconButton
                icon="bin"
                size={16}
                label={WORDS.remove(template.title)}
                data-testid="template-delete"
                onClick={() => setDoomed(template)}
              />
            </li>
          ))}
        </ul>
      </section>
      {doomed === undefined ? undefined : (
        <Confirm
          title={WORDS.reallyRemove(doomed.title)}
          words={WORDS.stays}
          keep={WORDS.keep}
          go={WORDS.removeIt}
          testId="template-delete"
          onEnd={() => setDoomed(undefined)}
          onGo={() => onRemove(doomed)}
        />
      )}
      <div className="actions">
        <Button data-testid="template-new" onClick={() => onEdit(undefined)}>
          {WORDS.add}
        </Button>
      </div>
    </>
  );
}
