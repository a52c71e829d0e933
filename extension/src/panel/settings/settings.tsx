/** What a person may set, one change at a time: each shows once the server or the browser has it. */
import type { Problem } from "@vaultdesk/shared/problem.ts";
import type { ReactElement } from "react";

import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { Switch } from "../../ui/switch.tsx";
import { ProblemCard } from "../chat/problem-card.tsx";
import { Page } from "../page.tsx";
import { useThemeChoice } from "../use-theme.ts";
import { Account } from "./account.tsx";
import { Choice } from "./choice.tsx";
import { NotifyChoice } from "./notify-choice.tsx";
import type { SettingsControl } from "./use-settings.ts";
import { HOLDS, WORDS } from "./words.ts";

export interface SettingsProps {
  control: SettingsControl;
  busy: boolean;
  onBack: () => void;
  onTemplates: () => void;
  onPhone: () => void;
  onSignOut: () => void;
  onSignOutEverywhere: () => Promise<Problem | undefined>;
  onForget: () => Promise<Problem | undefined>;
}

const THEMES = [
  { value: "auto", label: WORDS.auto },
  { value: "light", label: WORDS.light },
  { value: "dark", label: WORDS.dark },
] as const;

export function Settings(props: SettingsProps): ReactElement {
  const { control, busy, onBack, onTemplates, onPhone } = props;
  const { settings, change, problem, again } = control;
  const [theme, chooseTheme] = useThemeChoice();
  return (
    <Page title={WORDS.title} testId="settings" onBack={onBack}>
      {problem === undefined ? undefined : (
        <ProblemCard problem={problem} remedies={{ again: () => detach(again()) }} />
      )}
      {settings === undefined ? undefined : (
        <>
          <section className="stack" aria-label={WORDS.drafts}>
            <h3>{WORDS.drafts}</h3>
            <Switch
              label={WORDS.voice}
              words={WORDS.voiceWords}
              on={settings.voice}
              testId="setting-voice"
              onChange={(voice) => detach(change({ voice }))}
            />
            <div className="setting">
              <p className="grow">
                {WORDS.templates}
                <span className="quiet switch-words">{WORDS.templatesWords}</span>
              </p>
              <Button data-testid="setting-templates" onClick={onTemplates}>
                {WORDS.openTemplates}
              </Button>
            </div>
          </section>
          <section className="stack" aria-label={WORDS.approvals}>
            <h3>{WORDS.approvals}</h3>
            <Choice
              label={WORDS.hold}
              options={HOLDS.map((value) => ({ value, label: WORDS.seconds(value) }))}
              chosen={settings.holdSeconds}
              testId="setting-hold"
              onChoose={(holdSeconds) => detach(change({ holdSeconds }))}
            />
            <p className="quiet">{WORDS.holdWords(settings.holdSeconds)}</p>
            <div className="setting">
              <p className="grow">
                {WORDS.phone}
                <span className="quiet switch-words">{WORDS.phoneWords}</span>
              </p>
              <Button data-testid="setting-phone" onClick={onPhone}>
                {WORDS.setUp}
              </Button>
            </div>
            <NotifyChoice />
          </section>
        </>
      )}
      <section className="stack" aria-label={WORDS.look}>
        <h3>{WORDS.look}</h3>
        <Choice
          label={WORDS.theme}
          options={THEMES}
          chosen={theme}
          testId="setting-theme"
          onChoose={(value) => detach(chooseTheme(value))}
        />
      </section>
      <Account
        busy={busy}
        onSignOut={props.onSignOut}
        onSignOutEverywhere={props.onSignOutEverywhere}
        onForget={props.onForget}
      />
    </Page>
  );
}
