/** Who gets what: recipients, subject, text and attachments, as text and nothing else. */
import type { DraftContent } from "@vaultdesk/shared/draft.ts";
import { type ReactElement, useState } from "react";

const FIRST_LINES = 6;

const ROWS = [
  ["To", "to"],
  ["Cc", "cc"],
  ["Bcc", "bcc"],
] as const;

export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export interface EnvelopeProps {
  content: DraftContent;
  /** Show the first lines only. */
  folded: boolean;
}

export function Envelope({ content, folded }: EnvelopeProps): ReactElement {
  const [all, setAll] = useState(false);
  const lines = content.text.split("\n");
  const cut = folded && !all && lines.length > FIRST_LINES;
  return (
    <div className="envelope">
      <dl>
        {ROWS.filter(([, field]) => content[field].length > 0).map(([label, field]) => (
          <div key={field}>
            <dt>{label}</dt>
            <dd data-testid={`recipients-${field}`}>
              {content[field].map((mailbox) => (
                <span className="mailbox" key={mailbox}>
                  {mailbox}
                </span>
              ))}
            </dd>
          </div>
        ))}
        <div>
          <dt>Subject</dt>
          <dd data-testid="subject">{content.subject === "" ? "(no subject)" : content.subject}</dd>
        </div>
      </dl>
      <div className="letter" data-testid="body">
        {cut ? lines.slice(0, FIRST_LINES).join("\n") : content.text}
      </div>
      {folded && lines.length > FIRST_LINES ? (
        <button type="button" className="link" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? "Show less" : `Show all ${lines.length} lines`}
        </button>
      ) : undefined}
      {content.htmlSha256 === undefined ? undefined : (
        <p className="quiet">Formatted in Gmail; the text is shown here.</p>
      )}
      {content.attachments.length === 0 ? undefined : (
        <ul className="attachments" aria-label="Attachments">
          {content.attachments.map((attachment) => (
            <li key={attachment.sha256 + attachment.name}>
              <span>{attachment.name}</span>
              <span className="quiet">
                {sizeText(attachment.size)} · {attachment.sha256.slice(0, 8)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
