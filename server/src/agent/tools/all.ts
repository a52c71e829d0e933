/** The list of tools, as the model sees them and as a call finds them. */
import type { ToolName } from "@vaultdesk/shared/scope.ts";

import { cancelCalendarEvent } from "./cancel-calendar-event.ts";
import { checkCalendar } from "./check-calendar.ts";
import { createCalendarEvent } from "./create-calendar-event.ts";
import { draftEmailReply } from "./draft-email-reply.ts";
import { archiveMail, labelMail, trashMail } from "./file-mail.ts";
import { getLatestEmails } from "./get-latest-emails.ts";
import { listAttachments } from "./list-attachments.ts";
import { listUpcomingEvents } from "./list-upcoming-events.ts";
import { noteMilestone } from "./note-milestone.ts";
import { failed, type ToolOutcome } from "./outcome.ts";
import { readAttachment } from "./read-attachment.ts";
import { readEmailThread } from "./read-email-thread.ts";
import { readMyStyle } from "./read-my-style.ts";
import { readTracker } from "./read-tracker.ts";
import { searchGmail } from "./search-gmail.ts";
import { sendEmailWithApproval } from "./send-email-with-approval.ts";
import { showTerms } from "./show-terms.ts";
import type { Tool } from "./tool.ts";
import { updateCalendarEvent } from "./update-calendar-event.ts";

const TOOLS: Readonly<Record<ToolName, Tool>> = {
  search_gmail: searchGmail,
  get_latest_emails: getLatestEmails,
  read_email_thread: readEmailThread,
  show_terms: showTerms,
  read_my_style: readMyStyle,
  draft_email_reply: draftEmailReply,
  send_email_with_approval: sendEmailWithApproval,
  check_calendar: checkCalendar,
  list_upcoming_events: listUpcomingEvents,
  create_calendar_event: createCalendarEvent,
  update_calendar_event: updateCalendarEvent,
  cancel_calendar_event: cancelCalendarEvent,
  label_mail: labelMail,
  archive_mail: archiveMail,
  trash_mail: trashMail,
  list_attachments: listAttachments,
  read_attachment: readAttachment,
  read_tracker: readTracker,
  note_milestone: noteMilestone,
};

const BY_NAME: ReadonlyMap<string, Tool> = new Map(Object.entries(TOOLS));

export interface ToolCall {
  id: string;
  name: string;
  args: unknown;
}

export const TOOL_DEFINITIONS = Object.values(TOOLS).map(({ name, description, parameters }) => ({
  type: "function" as const,
  function: { name, description, parameters },
}));

/** Among those that the person's role leaves; among all without. */
export function toolOf(name: string, tools?: readonly string[]): Tool | undefined {
  return tools?.includes(name) === false ? undefined : BY_NAME.get(name);
}

/** As the model is told of them: of those that the person's role leaves; all without. */
export function definitionsOf(tools: readonly ToolName[] | undefined) {
  return tools === undefined
    ? TOOL_DEFINITIONS
    : TOOL_DEFINITIONS.filter(({ function: { name } }) => tools.includes(name));
}

/** The same words for a tool that there is not and for one that the person's role lacks: of neither is the model told. */
export function unknownTool(
  name: string,
  tools: readonly string[] = [...BY_NAME.keys()],
): ToolOutcome {
  const words = `There is no tool named ${name.slice(0, 60)}.`;
  const names = tools.join(", ");
  const told = failed("unknown_tool", `${words} Use one of: ${names}.`);
  return { ...told, summary: `${words} Nothing was done.` };
}
