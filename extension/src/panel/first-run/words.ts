/** What the first run says. Pure. */
export const WORDS = {
  title: "Set up VaultDesk",
  about: "Three steps, then one real result that harms nobody.",
  signedIn: "Signed in",
  connected: (email: string) => `Gmail is connected: ${email}`,
  phone: "Enrol your phone",
  phoneWords:
    "Approvals go to the Auth0 Guardian app. Without a phone VaultDesk reads and drafts, and sends nothing.",
  show: "Show the code",
  scan: "Install Auth0 Guardian on your phone, press + there, and scan this. It is good once.",
  byHand: "Can't scan? Enter this code in the app:",
  waiting: "Waiting for your phone",
  enrolled: "Your phone is enrolled",
  notBegun:
    "Auth0 did not give a code. Your phone was not enrolled and nothing else was changed. Try again, or ask your administrator.",
  tryIt: "Try it",
  tryWords: (email: string) =>
    `A mail from you to ${email}. You approve it on your phone, and it arrives in your inbox.`,
  make: "Write it, and ask my phone",
  making: "Asking your phone",
  skip: "Skip for now",
  subject: "VaultDesk works",
  text: "This mail was written as a draft, and left only after I approved it on my phone.",
  qr: "QR code to enrol your phone",
} as const;
