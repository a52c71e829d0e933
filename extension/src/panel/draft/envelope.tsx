/** Who gets what: recipients, subject, text and attachments, as text and nothing else. */
import type { DraftContent } from "@vaultdesk/shared/draft.ts";
import { type ReactElement, useState } from "react";

import { type Judged, unplaced } from "./judged.ts";
import { Mailbox, Recipients } from "./recipients.tsx";
import { Warnings } from "./warnings.tsx";

const ROWS = [
  ["To", "to"],
  ["Cc", "cc"],
  ["Bcc", "bcc"],
] as const;

/** More than this does not fit into the first lines. */
const FIRST_LINES = { lines: 5, letters: 220 };

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export interface EnvelopeProps {
  content: DraftContent;
  /** What was found about its people; nothing once it is no longer asked about. */
  judged?: Judged;
  /** How much of the mail stands open. */
  show: "all" | "first" | "head";
}

export function Envelope({ content, judged = {}, show }: EnvelopeProps): ReactElement {
  const [opened, setOpened] = useState(false);
  const { text, attachments } = content;
  const long = text.split("\n").length > FIRST_LINES.lines || text.length > FIRST_LINES.letters;
  const folds = show === "head" || (show === "first" && long);
  const visible = opened || show !== "head";
  return (
    <div className="envelope">
      <Warnings warnings={unplaced(judged, [...content.to, ...content.cc, ...content.bcc])} />
      <dl>
        {content.from === "" ? undefined : (
          <div>
            <dt>From</dt>
            <dd data-testid="from">
              <Mailbox mailbox={content.from} />
            </dd>
          </div>
        )}
        {ROWS.filter(([, field]) => content[field].length > 0).map(([label, field]) => (
          <div key={field}>
            <dt>{label}</dt>
            <dd data-testid={`recipients-${field}`}>
              <Recipients mailboxes={content[field]} judged={judged} />
            </dd>
          </div>
        ))}
        <div>
          <dt>Subject</dt>
          <dd data-testid="subject">{content.subject === "" ? "(no subject)" : content.subject}</dd>
        </div>
      </dl>
      {visible ? (
        <section
          className="letter"
          data-testid="body"
          data-cut={folds && !opened}
          // It scrolls when it is long: the keyboard must reach it (WCAG 2.1.1).
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          aria-label="Text of the mail"
        >
          {text === "" ? "(no text)" : text}
        </section>
      ) : undefined}
      {folds ? (
        <button
          type="button"
          className="link"
          onClick={() => setOpened(!opened)}
          aria-expanded={opened}
        >
          {opened ? "Show less" : "Show the whole mail"}
        </button>
      ) : undefined}
      {content.htmlSha256 === undefined || !visible ? undefined : (
        <p className="quiet">Formatted in Gmail; the text is shown here.</p>
      )}
      {attachments.length === 0 ? undefined : (
        <ul className="attachments" aria-label="Attachments">
          {attachments.map((attachment) => (
            <li key={attachment.sha256 + attachment.name}>
              <span className="grow">{attachment.name}</span>
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
