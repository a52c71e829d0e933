/** The words of the notices above the question box. */
export const WORDS = {
  otherMailbox: {
    label: "Another mailbox",
    says: (shown: string | undefined, connected: string) =>
      shown === undefined
        ? `This tab shows a mailbox that somebody shared with you, and I can't tell whose. VaultDesk is connected to ${connected}. Questions and sending are off here, so that nothing goes out from the wrong mailbox. Open the tab of ${connected}.`
        : `This tab shows ${shown}, but VaultDesk is connected to ${connected}. Questions and sending are off here, so that nothing goes out from the wrong mailbox. Open the tab of ${connected}.`,
  },
  unseen: {
    label: "I can't see this thread",
    unsynced:
      "Gmail is still saving this thread, so I can't see it yet. Nothing is lost: I look again as soon as Gmail has saved it. Until then I answer about your whole mailbox.",
    unreadable:
      "I can't see which thread is open here: Gmail's page does not say it as it used to. Your mail is untouched, and I answer about your whole mailbox. Reload the tab; if this stays, tell whoever installed VaultDesk.",
  },
  noMessage: {
    label: "No message was meant",
    drop: "OK",
    folded:
      "Nothing was drafted: that message is folded, and it did not open. Open it in Gmail, then right-click it and press Draft reply.",
    unsynced:
      "Nothing was drafted: Gmail is still saving that message. Wait a moment, then right-click it and press Draft reply.",
    unreadable:
      "Nothing was drafted: I can't see which message that was. Reload the tab, then right-click the message and press Draft reply.",
    nothing:
      "Nothing was drafted: there was no message under the pointer. Open a thread, right-click a message in it and press Draft reply.",
  },
} as const;
