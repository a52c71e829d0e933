/** What each tool does, for people: the page of what VaultDesk can and can't do, and of permissions, are made of these. */
import type { ToolName } from "./scope.ts";

export interface ToolWords {
  /** A few words, as in "last used to ...". */
  to: string;
  /** One sentence: what it does. */
  does: string;
  /** `asks` sends a request to the phone and does nothing without its yes. */
  kind: "reads" | "drafts" | "asks";
}

export const TOOL_WORDS: Readonly<Record<ToolName, ToolWords>> = {
  search_gmail: {
    to: "search mail",
    does: "Finds mail by people, words, dates, labels and files.",
    kind: "reads",
  },
  get_latest_emails: { to: "see new mail", does: "Lists what came in last.", kind: "reads" },
  read_email_thread: {
    to: "read a thread",
    does: "Reads the messages of a thread, and says which one an answer rests on.",
    kind: "reads",
  },
  read_my_style: {
    to: "follow your style",
    does: "Reads some of your own sent mail for greeting, sign-off and tone, and keeps none of it.",
    kind: "reads",
  },
  show_terms: {
    to: "show a thread's terms",
    does: "Sets out a thread's terms as a table: price, dates, open points, each with the message that says it.",
    kind: "reads",
  },
  list_attachments: {
    to: "list files",
    does: "Lists the files of a message or thread.",
    kind: "reads",
  },
  read_attachment: {
    to: "read a file",
    does: "Reads PDF, Word, Excel, PowerPoint and text. Nothing in a file runs.",
    kind: "reads",
  },
  read_tracker: {
    to: "see where counterparties stand",
    does: "In a deal room: who has sent or signed what, what is due, and who has not answered.",
    kind: "reads",
  },
  note_milestone: {
    to: "propose a milestone",
    does: "In a deal room: proposes what a mail says of a counterparty. Only you see it until you confirm it.",
    kind: "drafts",
  },
  check_calendar: {
    to: "look for a free time",
    does: "Finds times when you, and colleagues who share theirs, are free.",
    kind: "reads",
  },
  list_upcoming_events: {
    to: "see your events",
    does: "Lists events of your calendar.",
    kind: "reads",
  },
  draft_email_reply: {
    to: "write a draft",
    does: "Saves a draft in your mailbox. Only you see it.",
    kind: "drafts",
  },
  send_email_with_approval: {
    to: "send a draft",
    does: "Sends exactly the draft that you approved.",
    kind: "asks",
  },
  create_calendar_event: {
    to: "make an event",
    does: "Puts an event in your calendar and invites its guests.",
    kind: "asks",
  },
  update_calendar_event: {
    to: "change an event",
    does: "Moves or changes an event.",
    kind: "asks",
  },
  cancel_calendar_event: { to: "cancel an event", does: "Cancels an event.", kind: "asks" },
  label_mail: { to: "label mail", does: "Sets or takes away labels.", kind: "asks" },
  archive_mail: { to: "archive mail", does: "Takes mail out of the inbox.", kind: "asks" },
  trash_mail: { to: "bin mail", does: "Moves mail to the bin.", kind: "asks" },
};

/** Of what deal rooms keep: on a thread of no room there are none. */
export const ROOM_TOOLS: readonly ToolName[] = ["read_tracker", "note_milestone"];

/** What there is no code for, whatever a mail, a model or a person asks. */
export const NEVER: readonly string[] = [
  "Send, schedule, move or change anything that you did not approve on your phone, word for word.",
  "Delete mail for good. The bin is the most it can ask for.",
  "Read your Google password, or keep a key to your mailbox.",
  "Change Gmail's settings, filters or forwarding.",
  "Read mail of other people, or other tabs of your browser.",
];
