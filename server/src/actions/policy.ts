/**
 * What an assistant's wish may become, by what the user's own words of this turn asked for and where its names come from: asked of the
 * phone, asked with a warning, or refused before the phone is asked. The first rule that fits decides. Pure; this is the file to change.
 */
import { type Action, type Deed, deedsOf } from "@vaultdesk/shared/action.ts";
import type { Warning } from "@vaultdesk/shared/warning.ts";

import type { Judged } from "./dossier.ts";

/** Kinds of writes, as people ask for them. */
export type Verb = "send" | "schedule" | "change" | "cancel" | "file" | "bin";

/** Moving more than these without being asked is a raid, not a help. */
const FEW_MAILS = 5;

interface Case {
  deed: Deed;
  verb: Verb;
  /** The user's own words ask for this kind of write. */
  asked: boolean;
  /** Somebody gets it whom only a text names. */
  planted: boolean;
  /** Files leave the mailbox with it. */
  files: boolean;
}

type Verdict =
  | { verdict: "allow" }
  | { verdict: "warn"; what: string }
  /** `say` is what the user may say to have it after all. */
  | { verdict: "refuse"; what: string; say: string };

interface Rule {
  if(one: Case): boolean;
  verdict: Verdict["verdict"];
}

const RULES: readonly Rule[] = [
  // What disappears, or tells guests that a meeting is off, is never a mail's idea.
  { if: ({ verb, asked }) => !asked && (verb === "bin" || verb === "cancel"), verdict: "refuse" },
  {
    if: ({ deed, asked }) => !asked && "messages" in deed && deed.messages.length > FEW_MAILS,
    verdict: "refuse",
  },
  // Nobody asked for it, and it goes to somebody whom a text put there.
  { if: ({ asked, planted }) => !asked && planted, verdict: "refuse" },
  // Files to a planted address: the data room. The user names the address, or nobody gets it.
  { if: ({ planted, files }) => planted && files, verdict: "refuse" },
  { if: ({ asked }) => !asked, verdict: "warn" },
  { if: () => true, verdict: "allow" },
];

const VERB_OF: Readonly<Record<Deed["kind"], Verb>> = {
  "email.send": "send",
  "event.create": "schedule",
  "event.update": "change",
  "event.cancel": "cancel",
  "mail.label": "file",
  "mail.trash": "bin",
  "mail.untrash": "file",
};

const WORDS: Readonly<Record<Verb, { what: string; say: string }>> = {
  send: { what: "send a mail", say: "Send it to (the address)" },
  schedule: { what: "schedule an event", say: "Schedule it with (the address)" },
  change: { what: "change an event", say: "Move it to (the time)" },
  cancel: { what: "cancel an event", say: "Cancel (the event)" },
  file: { what: "label or archive mail", say: "Archive these mails" },
  bin: { what: "move mail to the bin", say: "Move these mails to the bin" },
};

function judge(one: Case): Verdict {
  const { verdict = "allow" } = RULES.find((rule) => rule.if(one)) ?? {};
  return verdict === "allow" ? { verdict } : { verdict, ...WORDS[one.verb] };
}

export type Allowed =
  | { ok: true; warnings: readonly Warning[][] }
  | { ok: false; what: string; say: string };

/** For each deed of a wish, the warning that it earns; refused as a whole where one of them is. */
export function allowed(
  action: Action,
  judged: readonly Judged[],
  asked: (verb: Verb) => boolean,
): Allowed {
  const warnings: Warning[][] = [];
  for (const [index, deed] of deedsOf(action).entries()) {
    const verb = VERB_OF[deed.kind];
    const origins = Object.values(judged[index]?.origins ?? {});
    const verdict = judge({
      deed,
      verb,
      asked: asked(verb),
      planted: origins.includes("text"),
      files: deed.kind === "email.send" && deed.content.attachments.length > 0,
    });
    if (verdict.verdict === "refuse") return { ok: false, what: verdict.what, say: verdict.say };
    warnings.push(
      verdict.verdict === "warn" ? [{ kind: "not_asked_for", about: verdict.what }] : [],
    );
  }
  return { ok: true, warnings };
}
