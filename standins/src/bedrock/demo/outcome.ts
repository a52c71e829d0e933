/** What became of a write, or why a tool failed, in words and only from the tool's result. Pure. */
import type { Outcome } from "./results.ts";
import type { Step } from "./turn.ts";

const LEAD: Readonly<Record<string, string>> = {
  sent: "Sent. You approved it on your phone.",
  denied: "You denied it on your phone, so nothing was sent. The draft is still in Gmail.",
  expired:
    "There was no answer from your phone in time, so nothing was sent. The draft is still in Gmail.",
  cancelled: "The request was withdrawn, so nothing was sent. The draft is still in Gmail.",
  drifted:
    "Not sent. The draft was changed after you were asked, so the approval no longer fits it. Review the new text and ask again.",
  failed: "Not sent. Sending failed; the draft is still in Gmail.",
  undelivered: "Your phone could not be asked, so nothing was sent. The draft is still in Gmail.",
  unknown:
    "It is not known whether the mail left. Look in Gmail's Sent folder before you ask again.",
};

export function outcomeAnswer(outcome: Outcome): string {
  const detail = outcome.detail.trim();
  const words = LEAD[outcome.outcome] ?? LEAD["unknown"] ?? "";
  const sent = [outcome, ...outcome.mails].filter((one) => one.outcome === "sent");
  const ids = sent.map((one) => one.message_id?.replace(/[^\w.:-]/g, "") ?? "");
  const cited = ids.filter((id) => id !== "").map((id) => ` [msg:${id}]`);
  return `${detail === "" ? words : detail}${cited.join("")}`;
}

const DOING: Readonly<Record<string, string>> = {
  read_email_thread: "I couldn't read the thread.",
  show_terms: "I couldn't check the terms.",
  search_gmail: "The search did not work.",
  get_latest_emails: "I couldn't read the newest mails.",
  draft_email_reply: "The draft was not saved.",
  send_email_with_approval: "Nothing was sent.",
  list_upcoming_events: "I couldn't read the calendar.",
  check_calendar: "I couldn't read the calendars.",
  create_calendar_event: "Nothing was scheduled.",
  update_calendar_event: "The event was not changed.",
  cancel_calendar_event: "The event was not cancelled.",
  list_attachments: "I couldn't look at the attachments.",
  read_attachment: "I couldn't read the attachment.",
  label_mail: "No mail was moved.",
  archive_mail: "No mail was moved.",
  trash_mail: "No mail was moved.",
};

export function failureAnswer(step: Step): string {
  const message = step.reply.ok ? "" : step.reply.message.replace(/\[\s*msg/gi, "(msg");
  return `${DOING[step.name] ?? "That step did not work."} ${message}`.trim();
}

/** A call that arrived broken, with rows that did not hold, or on an old version of a draft, is made once more; anything else is told. */
export function mayRetry(steps: readonly Step[]): boolean {
  const last = steps.at(-1);
  if (last === undefined || last.reply.ok) return false;
  const broken = /argument|json|parse|unreadable|unknown_tool|invalid|rows_refused|draft_changed/i;
  if (!broken.test(last.reply.code)) return false;
  return steps.filter((step) => !step.reply.ok && broken.test(step.reply.code)).length === 1;
}
