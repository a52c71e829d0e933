/** Writes that may be proposed: a closed union. Anything another person can see, or that removes or moves mail, is one of these. */
import { z } from "zod";

import { EventContent, EventId } from "./calendar-event.ts";
import { DraftContent } from "./draft.ts";
import { DraftId, MessageId } from "./id.ts";
import { Override } from "./tier.ts";

export const MOST_PRINTS = 500;

/** What a file of the mail may be known by besides its own hash: its words, and what is packed in it. */
export const Inside = z.object({
  /** The file's own SHA-256. */
  of: z.string().regex(/^[0-9a-f]{64}$/),
  prints: z.array(z.string().regex(/^(?:words )?[0-9a-f]{64}$/)).max(MOST_PRINTS),
  /** Not all of it could be looked at. */
  closed: z.literal(true).optional(),
});
export type Inside = z.infer<typeof Inside>;

export const EmailSend = z.object({
  kind: z.literal("email.send"),
  draftId: DraftId,
  content: DraftContent,
  /** SHA-256 of the RFC 822 bytes that will be sent. */
  rawSha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of its files, where its sender is in a deal room. */
  inside: z.array(Inside).optional(),
  /** The phones approve this with it. */
  override: Override.optional(),
});
export type EmailSend = z.infer<typeof EmailSend>;

export const EventCreate = z.object({
  kind: z.literal("event.create"),
  /** Of our making, so that a repeat is Google's 409 and not a second event. */
  eventId: EventId,
  content: EventContent,
  /** True: Google mails the guests. */
  guestsMailed: z.boolean(),
  /** In place of an event that was cancelled, which Google never gives back. */
  recreates: z.literal(true).optional(),
});
export type EventCreate = z.infer<typeof EventCreate>;

export const EventUpdate = z.object({
  kind: z.literal("event.update"),
  eventId: EventId,
  /** As it was when the phone was asked; another event is left alone. */
  before: EventContent,
  content: EventContent,
  guestsMailed: z.boolean(),
});
export type EventUpdate = z.infer<typeof EventUpdate>;

export const EventCancel = z.object({
  kind: z.literal("event.cancel"),
  eventId: EventId,
  content: EventContent,
  guestsMailed: z.boolean(),
});
export type EventCancel = z.infer<typeof EventCancel>;

/** How many messages one approval may move. */
export const FILING_LIMIT = 100;

export const Label = z.object({
  id: z.string().min(1).max(128),
  name: z.string().max(256),
  /** The request makes this label, so its id is not known before; taken off again, the label itself stays in the mailbox. */
  made: z.literal(true).optional(),
});
export type Label = z.infer<typeof Label>;

/** A message that is moved, as the card names it, and what changes on it: only what is not so already, so that an undo is exact. */
export const Filed = z.object({
  messageId: MessageId,
  from: z.string(),
  subject: z.string(),
  /** RFC 3339. */
  date: z.string(),
  add: z.array(Label),
  remove: z.array(Label),
});
export type Filed = z.infer<typeof Filed>;

const messages = z.array(Filed).min(1).max(FILING_LIMIT);

/** Labels put on and taken off; `archive` and its undo are the label INBOX. */
export const MailLabel = z.object({ kind: z.literal("mail.label"), messages });
export type MailLabel = z.infer<typeof MailLabel>;

/** Into the bin, where Gmail deletes after 30 days; or back out of it. */
export const MailTrash = z.object({ kind: z.literal("mail.trash"), messages });
export const MailUntrash = z.object({ kind: z.literal("mail.untrash"), messages });

export type Filing = z.infer<typeof MailLabel | typeof MailTrash | typeof MailUntrash>;

/** What one phone can show with every recipient and subject: Auth0 takes ten properties. */
export const BUNDLE_LIMIT = 4;

/** Several mails on one yes: one digest over all, sent in this order, stopping at the first that can't be sent. */
export const Bundle = z.object({
  kind: z.literal("bundle"),
  actions: z.array(EmailSend).min(2).max(BUNDLE_LIMIT),
});

export const Action = z.discriminatedUnion("kind", [
  EmailSend,
  EventCreate,
  EventUpdate,
  EventCancel,
  MailLabel,
  MailTrash,
  MailUntrash,
  Bundle,
]);
export type Action = z.infer<typeof Action>;

/** One thing to do: an action that is no bundle. */
export type Deed = Exclude<Action, { kind: "bundle" }>;
export type DeedKind = Deed["kind"];

/** What an action does, in order. */
export function deedsOf(action: Action): readonly Deed[] {
  return action.kind === "bundle" ? action.actions : [action];
}

/** The action that takes it back, where Google allows; asked for like any other. */
export function undoOf(deed: Deed): Deed | undefined {
  switch (deed.kind) {
    case "mail.label":
      return { kind: "mail.label", messages: deed.messages.map(swapped) };
    case "mail.trash":
      return { kind: "mail.untrash", messages: deed.messages.map(swapped) };
    case "mail.untrash":
      return { kind: "mail.trash", messages: deed.messages.map(swapped) };
    case "event.create": {
      const { eventId, content, guestsMailed } = deed;
      return { kind: "event.cancel", eventId, content, guestsMailed };
    }
    case "event.cancel":
      // Its id is spent; whoever asks for the new one gives it another.
      return { ...deed, kind: "event.create", recreates: true };
    case "event.update":
      return { ...deed, before: deed.content, content: deed.before };
    case "email.send":
      return undefined;
  }
}

function swapped(filed: Filed): Filed {
  return { ...filed, add: filed.remove, remove: filed.add };
}

function names(labels: readonly Label[], note: string): string {
  return labels.map(({ name, made }) => (made === true ? `${name} (${note})` : name)).join(", ");
}

function inbox(labels: readonly Label[]): boolean {
  return labels.length === 1 && labels[0]?.id === "INBOX";
}

/** What changes, by a name for people: the label or the archive of a filing. */
export function filingVerb({ kind, messages: [first] }: Filing): string {
  if (kind === "mail.trash") return "Move to the bin";
  if (kind === "mail.untrash") return "Take back out of the bin";
  const add = first?.add ?? [];
  const remove = first?.remove ?? [];
  if (add.length === 0 && inbox(remove)) return "Archive";
  if (remove.length === 0 && inbox(add)) return "Move back to the inbox";
  return [
    ...(add.length === 0 ? [] : [`Label ${names(add, "new label")}`]),
    ...(remove.length === 0 ? [] : [`Remove label ${names(remove, "the label itself stays")}`]),
  ].join(", ");
}
