/** The first run: what is done already, the phone, and a mail to oneself that only the phone lets go. */
import { routes } from "@vaultdesk/shared/api.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import type { ConversationId } from "@vaultdesk/shared/id.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { type ReactElement, useState } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { problemOf } from "../chat/failure.ts";
import { ProblemCard } from "../chat/problem-card.tsx";
import { QrCode } from "./qr-code.tsx";
import type { PhoneControl } from "./use-phone.ts";
import { WORDS } from "./words.ts";

export interface FirstRunProps {
  call: Call;
  email: string;
  phone: PhoneControl;
  onSkip: () => void;
  /** The mail to oneself waits for the phone. */
  onAsked: (id: ConversationId, card: string) => void;
}

export function FirstRun(props: FirstRunProps): ReactElement {
  const { call, email, phone, onSkip, onAsked } = props;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const enrolled = phone.state === "enrolled";

  const tryIt = async (): Promise<Problem | undefined> => {
    const made = await call(
      routes.compose,
      {},
      { to: [email], subject: WORDS.subject, text: WORDS.text },
    );
    if (!made.ok) return problemOf(made.failure);
    const { conversationId, draft } = made.value;
    const drafts = [{ draftId: draft.draftId, shown: await digestOf(draft.content) }];
    const asked = await call(routes.askApproval, {}, { conversationId, drafts });
    if (!asked.ok) return problemOf(asked.failure);
    onAsked(conversationId, asked.value.id);
    return undefined;
  };
  const press = async () => {
    setBusy(true);
    setProblem(await tryIt());
    setBusy(false);
  };

  return (
    <main className="page" aria-labelledby="first-run-title" data-testid="first-run">
      <h2 id="first-run-title" className="title">
        {WORDS.title}
      </h2>
      <p className="quiet">{WORDS.about}</p>
      <ol className="stack steps">
        <Done>{WORDS.signedIn}</Done>
        <Done>{WORDS.connected(email)}</Done>
        {enrolled ? (
          <Done>{WORDS.enrolled}</Done>
        ) : (
          <li className="card draft stack">
            <h3>{WORDS.phone}</h3>
            <p>{WORDS.phoneWords}</p>
            {phone.failed ? <p role="alert">{WORDS.notBegun}</p> : undefined}
            {phone.enrolment === undefined ? (
              <div className="row">
                <Button look="main" data-testid="enrol" onClick={() => detach(phone.begin())}>
                  {WORDS.show}
                </Button>
              </div>
            ) : (
              <>
                <p>{WORDS.scan}</p>
                <QrCode text={phone.enrolment.uri} label={WORDS.qr} />
                {phone.enrolment.code === undefined ? undefined : (
                  <p className="quiet">
                    {WORDS.byHand}{" "}
                    <code className="digest" data-testid="enrol-code">
                      {phone.enrolment.code}
                    </code>
                  </p>
                )}
                <output className="thinking">{WORDS.waiting}</output>
              </>
            )}
          </li>
        )}
        {enrolled ? (
          <li className="card draft stack" data-testid="try-it">
            <h3>{WORDS.tryIt}</h3>
            <p>{WORDS.tryWords(email)}</p>
            {problem === undefined ? undefined : (
              <ProblemCard problem={problem} remedies={{ again: () => detach(press()) }} />
            )}
            <div className="row">
              <Button look="main" disabled={busy} data-testid="try" onClick={() => detach(press())}>
                {busy ? WORDS.making : WORDS.make}
              </Button>
            </div>
          </li>
        ) : undefined}
      </ol>
      <div className="actions">
        <Button look="plain" data-testid="skip" onClick={onSkip}>
          {WORDS.skip}
        </Button>
      </div>
    </main>
  );
}

function Done({ children }: { children: string }) {
  return (
    <li className="row done">
      <Icon name="done" size={16} />
      {children}
    </li>
  );
}
