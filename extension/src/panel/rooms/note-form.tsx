/** What a counterparty reached, by hand: anew, or as a correction of what was said before. */
import { Milestone, MILESTONE_WORDS, Quote, Reached } from "@vaultdesk/shared/tracker.ts";
import { type ReactElement, useState } from "react";

import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { DayField } from "../../ui/day-field.tsx";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { BOARD } from "./board-words.ts";

const MILESTONES = Milestone.options.map((value) => ({ value, label: MILESTONE_WORDS[value] }));

export interface NoteFormProps {
  /** What it begins with. */
  begin: Reached;
  go: string;
  /** A mail is open whose words may be named. */
  mayQuote: boolean;
  onKeep: () => void;
  /** False where it was not made: what was typed stays. */
  onGo: (said: Reached, quote: string | undefined) => Promise<boolean>;
}

export function NoteForm({ begin, go, mayQuote, onKeep, onGo }: NoteFormProps): ReactElement {
  const [milestone, setMilestone] = useState(begin.milestone);
  const [day, setDay] = useState(begin.day);
  const [version, setVersion] = useState(begin.version ?? "");
  const [quote, setQuote] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const said = Reached.safeParse({
    who: begin.who,
    milestone,
    day,
    ...(milestone === "cim_sent" && version.trim() !== "" ? { version } : {}),
  });
  const words = quote.trim() === "" ? undefined : Quote.safeParse(quote);
  const send = async () => {
    setTried(true);
    if (!said.success || words?.success === false) return;
    setBusy(true);
    const made = await onGo(said.data, words?.data);
    setBusy(false);
    if (made) onKeep();
  };
  return (
    <form
      className="stack tight"
      data-testid="note-form"
      onSubmit={(event) => {
        event.preventDefault();
        detach(send());
      }}
    >
      <div className="pair">
        <Select
          label={BOARD.milestone}
          options={MILESTONES}
          chosen={milestone}
          testId="note-milestone"
          onChoose={setMilestone}
        />
        <DayField
          label={BOARD.day}
          wrong={tried && !said.success}
          value={day}
          testId="note-day"
          onChange={setDay}
        />
      </div>
      {milestone === "cim_sent" ? (
        <Field
          label={BOARD.versionField}
          maxLength={40}
          value={version}
          testId="note-version"
          onChange={setVersion}
        />
      ) : undefined}
      {mayQuote ? (
        <Field
          label={BOARD.words}
          hint={BOARD.wordsHint}
          error={tried && words?.success === false ? BOARD.shortWords : undefined}
          lines={2}
          maxLength={600}
          value={quote}
          testId="note-words"
          onChange={setQuote}
        />
      ) : undefined}
      {tried && !said.success ? <output className="wrong">{BOARD.noDay}</output> : undefined}
      <div className="actions">
        <Button type="submit" look="main" disabled={busy} data-testid="note-go">
          {go}
        </Button>
        <Button look="plain" disabled={busy} onClick={onKeep}>
          {BOARD.keep}
        </Button>
      </div>
    </form>
  );
}
