/** Whose yes an action needs besides its requester's: what holds in every room, what this one adds, and what a lead may add with a press. */
import { routes } from "@vaultdesk/shared/api.ts";
import { type EyesRule, ruleWords, sameRule, SUGGESTED } from "@vaultdesk/shared/four-eyes.ts";
import { type ReactElement, useState } from "react";

import { detach } from "../../detach.ts";
import { Switch } from "../../ui/switch.tsx";
import type { InRoomProps } from "./one-room.tsx";
import { WORDS } from "./words.ts";

export function Rules(
  props: Pick<InRoomProps, "call" | "room" | "control" | "policy" | "may">,
): ReactElement {
  const { call, room, control, policy, may } = props;
  const { id, version, rules } = room;
  const [busy, setBusy] = useState(false);
  const put = async (changed: readonly EyesRule[]) => {
    setBusy(true);
    await control.change(call(routes.changeRules, { id }, { version, rules: [...changed] }));
    setBusy(false);
  };
  const held = [...policy.pinned, ...rules];
  const offered = SUGGESTED.filter((one) => !held.some((rule) => sameRule(rule, one)));
  return (
    <section className="stack tight" aria-label={WORDS.eyes} data-testid="eyes-rules">
      <h3 className="title">{WORDS.eyes}</h3>
      <p className="quiet">{WORDS.eyesWords}</p>
      {policy.pinned.map((rule) => (
        <p key={ruleWords(rule)} data-testid="eyes-pinned">
          {ruleWords(rule)} <span className="quiet">{WORDS.pinned}</span>
        </p>
      ))}
      {[...rules, ...offered].map((rule) => (
        <Switch
          key={ruleWords(rule)}
          label={ruleWords(rule)}
          on={rules.includes(rule)}
          disabled={busy || !may("roles")}
          testId="eyes-rule"
          onChange={(on) =>
            detach(put(on ? [...rules, rule] : rules.filter((one) => !sameRule(one, rule))))
          }
        />
      ))}
    </section>
  );
}
