/** What people read of each kind of write: how it ended, what did not happen, what is still as it was. */
import type { DeedKind } from "./action.ts";

export interface KindWords {
  /** The card's tag when it is done. */
  tag: string;
  done: string;
  /** "Not ..." as the beginning of a failure. */
  not: string;
  nothing: string;
  /** What is as it was. */
  still: string;
  drifted: string;
  unknown: string;
}

const EVENT = {
  nothing: "The calendar was not changed",
  unknown:
    "Google did not say whether the calendar was changed. It is not tried again: your calendar is being read to settle it.",
} as const;

const FILING = {
  nothing: "No mail was moved",
  still: "The mails are where they were",
  drifted:
    "Not done. Some of these mails were moved or deleted after you were asked, so your approval no longer fits them. Ask again for those that are left.",
  unknown:
    "Gmail did not say whether the mails were moved. Your mailbox is being read to settle it.",
} as const;

export const KIND_WORDS: Readonly<Record<DeedKind, KindWords>> = {
  "email.send": {
    tag: "Sent",
    done: "Sent. You approved it on your phone, and Gmail has sent it.",
    not: "Not sent",
    nothing: "Nothing was sent",
    still: "The draft is still in Gmail",
    drifted:
      "Not sent. The draft was changed in Gmail after you were asked, so your approval no longer fits it. Review the new text and ask again.",
    unknown:
      "Gmail did not say whether the mail left. It is not sent again: your mailbox is being read to settle it.",
  },
  "event.create": {
    ...EVENT,
    tag: "Scheduled",
    done: "Scheduled. You approved it on your phone, and it is in your calendar.",
    not: "Not scheduled",
    still: "No invitation went out",
    drifted:
      "Not scheduled. An event of this id is in the calendar already, and it is another one. Ask again.",
  },
  "event.update": {
    ...EVENT,
    tag: "Changed",
    done: "Changed. You approved it on your phone, and the event is changed in your calendar.",
    not: "Not changed",
    still: "The event is as it was",
    drifted:
      "Not changed. The event was changed in the calendar after you were asked, so your approval no longer fits it. Ask again.",
  },
  "event.cancel": {
    ...EVENT,
    tag: "Cancelled",
    done: "Cancelled. You approved it on your phone, and the event is gone from your calendar.",
    not: "Not cancelled",
    still: "The event is as it was",
    drifted:
      "Not cancelled. The event was changed in the calendar after you were asked, so your approval no longer fits it. Ask again.",
  },
  "mail.label": {
    ...FILING,
    tag: "Done",
    done: "Done. You approved it on your phone, and Gmail has changed the labels.",
    not: "Not done",
  },
  "mail.trash": {
    ...FILING,
    tag: "In the bin",
    done: "Done. You approved it on your phone, and the mail is in the bin, where Gmail keeps it for 30 days.",
    not: "Not deleted",
  },
  "mail.untrash": {
    ...FILING,
    tag: "Restored",
    done: "Done. You approved it on your phone, and the mail is out of the bin.",
    not: "Not restored",
  },
};
