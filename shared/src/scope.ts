/** Google scopes that VaultDesk asks for, in plain words, and which tool needs which. Least first; nothing "for later". */
import { z } from "zod";

export const GMAIL_READ = "https://www.googleapis.com/auth/gmail.readonly";
export const GMAIL_COMPOSE = "https://www.googleapis.com/auth/gmail.compose";
export const GMAIL_MODIFY = "https://www.googleapis.com/auth/gmail.modify";
export const CALENDAR_EVENTS = "https://www.googleapis.com/auth/calendar.events";
export const CALENDAR_FREEBUSY = "https://www.googleapis.com/auth/calendar.freebusy";

export const ToolName = z.enum([
  "search_gmail",
  "get_latest_emails",
  "read_email_thread",
  "show_terms",
  "read_my_style",
  "draft_email_reply",
  "send_email_with_approval",
  "check_calendar",
  "list_upcoming_events",
  "create_calendar_event",
  "update_calendar_event",
  "cancel_calendar_event",
  "label_mail",
  "archive_mail",
  "trash_mail",
  "list_attachments",
  "read_attachment",
  "read_tracker",
  "note_milestone",
]);
export type ToolName = z.infer<typeof ToolName>;

export interface ScopeFact {
  scope: string;
  title: string;
  /** What it lets VaultDesk do, and what it does not. */
  words: string;
  tools: readonly ToolName[];
}

export const SCOPES: readonly ScopeFact[] = [
  {
    scope: GMAIL_READ,
    title: "Read your mail",
    words: "Search and read messages. Cannot change, move or delete anything.",
    tools: [
      "search_gmail",
      "get_latest_emails",
      "read_email_thread",
      "show_terms",
      "read_my_style",
      "list_attachments",
      "read_attachment",
      "read_tracker",
      "note_milestone",
      "draft_email_reply",
    ],
  },
  {
    scope: GMAIL_COMPOSE,
    title: "Write drafts, send after your phone says yes",
    words:
      "Save drafts in your mailbox. Google puts sending into the same permission; VaultDesk sends only what you approved on your phone.",
    tools: ["draft_email_reply", "send_email_with_approval"],
  },
  {
    scope: GMAIL_MODIFY,
    title: "Label, archive and bin mail after your phone says yes",
    words:
      "Change labels and move mail to the bin, each time approved on your phone. Cannot delete for good.",
    tools: ["label_mail", "archive_mail", "trash_mail"],
  },
  {
    scope: CALENDAR_EVENTS,
    title: "See your calendar, change it after your phone says yes",
    words:
      "Read your events. Google puts changing them into the same permission; VaultDesk changes only what you approved on your phone.",
    tools: [
      "check_calendar",
      "list_upcoming_events",
      "create_calendar_event",
      "update_calendar_event",
      "cancel_calendar_event",
    ],
  },
  {
    scope: CALENDAR_FREEBUSY,
    title: "See when colleagues are free",
    words: "See busy times of people who share them with you, never what they are busy with.",
    tools: ["check_calendar"],
  },
];

const IDENTITY: readonly string[] = ["openid", "profile", "email"];

/** All that VaultDesk may ever ask for, as Google wants it (`openid profile` belong to every request). */
export const CONNECT_SCOPES: readonly string[] = [...IDENTITY, ...SCOPES.map((fact) => fact.scope)];

/** What the first Connect asks for: reading and drafts. The others are asked for when a tool first needs them. */
export const FIRST_SCOPES: readonly string[] = [GMAIL_READ, GMAIL_COMPOSE];

/** A Connect request: Google keeps only what it names, so what was granted before is named again. */
export function connectScopes(granted: readonly string[], wanted: readonly string[]): string[] {
  return CONNECT_SCOPES.filter(
    (scope) => IDENTITY.includes(scope) || granted.includes(scope) || wanted.includes(scope),
  );
}

/** The scopes a tool needs that are not among those granted. */
export function missingFor(tool: ToolName, granted: readonly string[]): string[] {
  return SCOPES.filter((fact) => fact.tools.includes(tool) && !granted.includes(fact.scope)).map(
    (fact) => fact.scope,
  );
}
