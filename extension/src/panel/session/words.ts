/** What the pages before the conversation say. Pure. */
export const EVERYWHERE =
  "You were signed out everywhere. What waited for your phone was withdrawn; only a mail that was just leaving still goes. Sign in to go on here.";
