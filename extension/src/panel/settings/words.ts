/** What the page of settings says. Pure. */
export const WORDS = {
  title: "Settings",
  drafts: "Drafts",
  voice: "Write in my voice",
  voiceWords: "Drafts follow your own sent mail, read afresh each time and not kept.",
  templates: "Your templates",
  templatesWords: "They stand in Compose, beside ours.",
  openTemplates: "Open Compose",
  approvals: "Approvals",
  hold: "Hold after approval",
  holdWords: (seconds: number) =>
    seconds === 0
      ? "What you approve on your phone is done at once."
      : `For ${seconds} seconds after your yes, the panel can still stop it.`,
  seconds: (seconds: number) => (seconds === 0 ? "No hold" : `${seconds} s`),
  phone: "Your phone",
  phoneWords: "Shows the first steps again where no phone is enrolled.",
  setUp: "Set up",
  look: "Look",
  theme: "Colours",
  auto: "As Gmail's",
  light: "Light",
  dark: "Dark",
  account: "Account",
  signOut: "Sign out",
  signOutWords: "On this browser. Requests to your phone go on.",
  everywhere: "Sign out everywhere",
  everywhereWords: "On every device. Requests to your phone are withdrawn.",
  everywhereTitle: "Sign out on every device?",
  everywhereAsk:
    "Every open panel ends, what is being answered stops, and what waits for your phone or is held after your yes is withdrawn. A mail that is leaving this moment still goes. Drafts, sent mail and conversations stay; sign in again to go on.",
  everywhereKeep: "Stay signed in",
  forget: "Delete everything about me",
  forgetWords: "Conversations, drafts' notes, templates, settings, and your place in deal rooms.",
  forgetTitle: "Delete everything about you?",
  forgetAsk:
    "Conversations, templates and settings are erased and their key is destroyed: nobody can bring them back. You leave your deal rooms; one that nobody else is in goes too. What waits for your phone is withdrawn, Google is disconnected, and you are signed out everywhere. Mail, drafts and events at Google stay. The audit trail keeps its rows, which hold no mail text.",
  forgetKeep: "Keep it",
  forgetGo: "Delete everything",
} as const;

export const HOLDS = [0, 5, 10, 20, 30] as const;
