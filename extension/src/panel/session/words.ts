/** What the pages before the conversation say. Pure. */
export const FORGOTTEN =
  "Everything that VaultDesk had of you is deleted, and you are signed out everywhere. Mail, drafts and events at Google are as they were. Signing in is possible again in a minute, and begins anew.";
export const FORGOTTEN_NOT_AT_GOOGLE =
  "Everything that VaultDesk had of you is deleted, and you are signed out everywhere. Google did not answer, so its own list may still name VaultDesk: take it off at myaccount.google.com/permissions.";
export const EVERYWHERE =
  "You were signed out everywhere. What waited for your phone was withdrawn; only a mail that was just leaving still goes. Sign in to go on here.";
