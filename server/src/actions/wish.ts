/** What somebody wants done, before it is read as it is now and becomes an action. */
import type { Action, Deed, Label } from "@vaultdesk/shared/action.ts";
import type { EventContent, EventId } from "@vaultdesk/shared/calendar-event.ts";
import type { Digest } from "@vaultdesk/shared/digest.ts";
import type { DraftId, MessageId, ThreadId } from "@vaultdesk/shared/id.ts";
import type { Origin } from "@vaultdesk/shared/warning.ts";

import type { Asking } from "../rooms/tier-gate.ts";
import type { Judged } from "./dossier.ts";

/** A draft, and the content of it that the person saw; another live content is refused. The agent's tool has nothing to compare. */
export interface WantedDraft {
  draftId: DraftId;
  shown: Digest | undefined;
}

export interface MailWish {
  kind: "email.send";
  /** Several become one bundle, sent in this order on one yes. */
  drafts: readonly WantedDraft[];
  /** By hand alone: no tool has it. */
  override?: Asking | undefined;
}

export interface EventChange extends Partial<Omit<EventContent, "guests">> {
  addGuests?: readonly string[];
  removeGuests?: readonly string[];
}

export type EventWish =
  | {
      kind: "event.create";
      content: EventContent;
      guestsMailed: boolean;
      recreates?: true | undefined;
    }
  | {
      kind: "event.update";
      eventId: EventId;
      /** A new start without an end keeps the length. */
      change: EventChange;
      guestsMailed: boolean;
    }
  | { kind: "event.cancel"; eventId: EventId; guestsMailed: boolean };

/** Labels by what people call them; INBOX is Gmail's own. */
export type FilingWish =
  | {
      kind: "mail.label";
      messageIds: readonly MessageId[];
      threadIds: readonly ThreadId[];
      add: readonly string[];
      remove: readonly string[];
      /** Labels of `add` that are not there are made. */
      create?: boolean;
    }
  | { kind: "mail.trash"; messageIds: readonly MessageId[]; threadIds: readonly ThreadId[] };

/** What an ended request asked for, once more; or what takes it back. */
export interface DeedWish {
  kind: "deed";
  deed: Deed;
  /** By address, as they were when it was asked for; whoever is not there is the person's own. */
  origins?: Readonly<Record<string, Origin>>;
}

export type Wish = MailWish | EventWish | FilingWish | DeedWish;

/** Ready to be proposed. */
export interface Ready {
  action: Action;
  /** The RFC 5322 bytes of each mail. */
  raws: readonly Buffer[];
  /** What is known of each deed's people and text. */
  judged: readonly Judged[];
  /** RFC Message-IDs of the mail that it is about: answered, moved. */
  about?: readonly string[];
}

export interface Change {
  messageId: MessageId;
  add: readonly Label[];
  remove: readonly Label[];
}
