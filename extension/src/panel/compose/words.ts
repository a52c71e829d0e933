/** What the Compose dialog says. Pure. */
import { KNOWN_NAMES } from "@vaultdesk/shared/template.ts";

export const WORDS = {
  title: "Compose",
  pick: "Pick a template. You see the mail before anything is saved, and nothing is sent without your phone.",
  yours: "Yours",
  none: "A template of your own will stand here.",
  add: "New template",
  back: "Back",
  save: "Save as draft",
  saving: "Saving",
  reading: "Reading the thread",
  preview: "Preview",
  signature: "Your Gmail signature comes below it.",
  reply: "A reply in this thread.",
  fresh: "A new mail.",
  to: "To",
  subject: "Subject",
  nobody: "Name who gets the mail. Nothing was saved.",
  notAddress: "One of these is not a mail address. Nothing was saved.",
  gap: (name: string) => `Fill in ${name}. Nothing was saved.`,
  noSubject: "Give the mail a subject. Nothing was saved.",
  ownTitle: "Your template",
  name: "Name",
  text: "Text",
  fields: `Write {{anything}} where you want to be asked. Filled in by themselves: ${KNOWN_NAMES.map((name) => `{{${name}}}`).join(", ")}.`,
  emptyName: "Give the template a name.",
  emptyText: "Write the text of the template.",
  saveOwn: "Save template",
  edit: (title: string) => `Edit ${title}`,
  remove: (title: string) => `Delete ${title}`,
  reallyRemove: (title: string) => `Delete the template ${title}?`,
  stays: "Its text is erased. Drafts that were made from it stay in Gmail.",
  keep: "Keep it",
  removeIt: "Delete",
} as const;

/** `what you wait for` as the label of its field. */
export function labelOf(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
