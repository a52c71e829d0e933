/** Google's own words on its consent page, for the scopes that a mail and calendar agent asks. */
const PREFIX = "https://www.googleapis.com/auth/";

const WORDS: Readonly<Record<string, string>> = {
  "gmail.readonly": "View your email messages and settings",
  "gmail.metadata": "View your email message metadata, but not the email body",
  "gmail.compose": "Manage drafts and send emails",
  "gmail.send": "Send email on your behalf",
  "gmail.modify": "Read, compose and send emails from your Gmail account",
  "gmail.labels": "See and edit your email labels",
  "gmail.settings.basic": "See, edit, create or change your email settings and filters in Gmail",
  "calendar.readonly": "See and download any calendar you can access using your Google Calendar",
  "calendar.events": "View and edit events on all your calendars",
  "calendar.events.readonly": "View events on all your calendars",
  "calendar.freebusy": "View your availability in your calendars",
  calendar: "See, edit, share and permanently delete all the calendars you can access",
  "contacts.readonly": "See and download your contacts",
};

export function scopeWords(scope: string): string {
  if (scope === "https://mail.google.com/") {
    return "Read, compose, send and permanently delete all your email from Gmail";
  }
  return WORDS[scope.replace(PREFIX, "")] ?? scope;
}
