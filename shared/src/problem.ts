/** Wire errors: a closed set of codes, each with what happened, what did not, and what to press. No mail text, no token, no id. */
import { z } from "zod";

const TABLE = {
  bad_request: [
    "The request was not understood.",
    "Nothing was changed.",
    "Reload the panel and try again.",
  ],
  too_large: [
    "The request was too large.",
    "Nothing was changed.",
    "Shorten the text and try again.",
  ],
  too_many: [
    "That was more at once than VaultDesk takes from one person.",
    "This request was not taken; nothing was changed or sent.",
    "Wait a moment and try again.",
  ],
  signed_out: [
    "Your session has ended.",
    "Nothing was changed and nothing was sent.",
    "Sign in again.",
  ],
  signed_out_everywhere: [
    "You were signed out everywhere.",
    "Nothing was done by this request, and what waited for your phone was withdrawn.",
    "Sign in again.",
  ],
  forbidden: [
    "This account may not do that.",
    "Nothing was changed.",
    "Sign in with the account that started it.",
  ],
  not_found: ["It is not there, or it is not yours.", "Nothing was changed.", "Reload the panel."],
  thread_unknown: [
    "Gmail has no such thread in the connected mailbox.",
    "Nothing was read.",
    "Open the thread again, or check which mailbox is connected.",
  ],
  draft_unknown: [
    "The draft is no longer in Gmail: it was sent or deleted.",
    "Nothing was sent by this request.",
    "Ask for a new draft.",
  ],
  draft_changed: [
    "The draft was changed since you saw it.",
    "Nothing was sent and no phone was asked.",
    "Review the new text and ask again.",
  ],
  address_refused: [
    "An address on the draft can't be used.",
    "Nothing was sent; the draft is as it was.",
    "Fix the address and try again.",
  ],
  google_not_connected: [
    "Gmail is not connected yet.",
    "Nothing was read or sent.",
    "Press Connect Google.",
  ],
  google_reconnect: [
    "Google no longer accepts the connection.",
    "Nothing was read or sent.",
    "Press Reconnect Google.",
  ],
  google_scope_missing: [
    "A permission for this was not granted.",
    "Nothing was read or sent.",
    "Press Grant permission and tick it on Google's page.",
  ],
  google_throttled: [
    "Google or Auth0 asks us to slow down.",
    "Nothing was sent; drafts are kept.",
    "Try again in a minute.",
  ],
  google_down: [
    "Google did not answer.",
    "Nothing was sent; drafts are kept.",
    "Try again in a minute.",
  ],
  google_refused: [
    "Google refused the request.",
    "Nothing was sent.",
    "Check the draft and try again.",
  ],
  vault_down: [
    "Auth0 did not answer.",
    "Nothing was read or sent; drafts are kept.",
    "Try again in a minute.",
  ],
  phone_not_enrolled: [
    "No phone is enrolled for approvals.",
    "Nothing was sent; the draft is in Gmail.",
    "Enrol it in Settings, then ask again.",
  ],
  push_refused: [
    "Your phone could not be asked.",
    "Nothing was sent; the draft is in Gmail.",
    "Wait a minute and ask again.",
  ],
  denied_before: [
    "This same request was denied in this conversation.",
    "Nothing was done and no phone was asked again.",
    "Change it, then ask.",
  ],
  not_asked_for: [
    "A text that was read asked for this, and your own words did not.",
    "Nothing was done and your phone was not asked.",
    "If you want it, say so in your own words, and name who gets it.",
  ],
  already_asked: [
    "Your phone is already being asked for this.",
    "It was not asked a second time, and nothing was sent.",
    "Answer on your phone, or withdraw that request first.",
  ],
  event_unknown: [
    "The calendar has no such event any more.",
    "The calendar was not changed.",
    "Ask for the list of events again.",
  ],
  event_not_yours: [
    "Only its organiser can change this event.",
    "The calendar was not changed.",
    "Write to the organiser.",
  ],
  label_unknown: [
    "Gmail has no such label.",
    "No mail was moved.",
    "Use one of the labels that are there, or ask for a new one.",
  ],
  nothing_to_move: [
    "All of these mails are so already, or are gone.",
    "Nothing was changed and no phone was asked.",
    "Search again to see where they are.",
  ],
  too_many_mails: [
    "One request can move at most 100 mails.",
    "No mail was moved and no phone was asked.",
    "Ask for fewer at once.",
  ],
  not_again: [
    "This can't be asked again, or taken back.",
    "Nothing was changed and no phone was asked.",
    "Ask for it anew in the conversation.",
  ],
  bundle_too_large: [
    "One request to your phone can show at most four mails.",
    "Nothing was sent and no phone was asked.",
    "Ask for fewer mails at once.",
  ],
  attachment_unknown: [
    "The message has no such file.",
    "No file was attached and nothing was sent.",
    "Name one of its files.",
  ],
  attachments_too_large: [
    "The attachments are larger than one mail may carry.",
    "No draft was saved and nothing was sent.",
    "Forward without them.",
  ],
  too_many_templates: [
    "You have as many templates as there may be.",
    "This one was not saved; no mail was touched.",
    "Delete one you no longer use, then save again.",
  ],
  on_hold: [
    "Not deleted: this conversation is under a legal hold.",
    "All of it is kept as it was, and nothing that waits for your phone was withdrawn.",
    "Ask your administrator to lift the hold, then delete it again.",
  ],
  forget_on_hold: [
    "Not deleted: a legal hold is on you or on a conversation of yours.",
    "All of it is kept as it was, and nothing that waits for your phone was withdrawn.",
    "Ask your administrator about the hold.",
  ],
  forget_leads: [
    "Not deleted: others are in a deal room that only you lead.",
    "Nothing was changed, and you are still in it.",
    "Make somebody else a lead there, or delete the room. Then delete everything again.",
  ],
  forget_busy: [
    "Something of yours is still at work, or what you approved is being done.",
    "Your conversations were not deleted. You are signed out everywhere, and what waited for your phone is withdrawn.",
    "Sign in again in a minute, then delete everything again.",
  ],
  conversation_busy: [
    "This conversation is still at work, or what you approved in it is being done.",
    "It was not deleted.",
    "Try again in a minute.",
  ],
  role_lacks: [
    "Your role in this deal room does not allow that.",
    "Nothing was changed, nothing was sent and no phone was asked.",
    "Ask the room's lead, or have somebody do it whose role allows it.",
  ],
  nobody_to_approve: [
    "A rule of this deal room needs somebody else's yes, and nobody who could give it is in the room.",
    "Nothing was sent or changed, and no phone was asked.",
    "Ask the room's lead to invite them, or to change the rule.",
  ],
  room_changed: [
    "Somebody changed the room since you saw it.",
    "Your change was not made.",
    "Look at it as it is now and try again.",
  ],
  party_unknown: [
    "That counterparty is not in the room's circle.",
    "Nothing was noted; what stands on the tracker stays.",
    "Add it under Deal as a counterparty, then note it again.",
  ],
  quote_unknown: [
    "These words stand in no message of this thread.",
    "Nothing was noted; what stands on the tracker stays.",
    "Copy them from the mail as they stand there, or leave the quote empty.",
  ],
  mail_not_here: [
    "The mail that says this is not in your mailbox.",
    "Its words are not shown; what was noted of it stays.",
    "Ask the member who stands for it.",
  ],
  last_lead: [
    "A room needs somebody who leads it.",
    "Nothing was changed.",
    "Make somebody else a lead first, or delete the room.",
  ],
  not_own_side: [
    "Nothing shows that this is your own side.",
    "Nothing was saved: the deal is as it was.",
    "Put it on another side, or have somebody with a mailbox there join the room, or ask your administrator to name it in the organisation's policy.",
  ],
  beyond_policy: [
    "That is more than a role may be given here.",
    "Nothing was changed: the roles are as they were.",
    "Leave it out and save again.",
  ],
  member_already: [
    "This address is in the room already.",
    "No invitation was made.",
    "Change their role instead.",
  ],
  absence_refused: [
    "Nobody can stand in like that.",
    "Nothing was changed, and who is asked is as before.",
    "Choose another day or somebody else.",
  ],
  room_full: [
    "The room has as much of this as it may have.",
    "Nothing was added.",
    "Remove what is no longer needed, then add it again.",
  ],
  not_for_them: [
    "Your organisation keeps this deal and somebody among the recipients apart.",
    "Nothing was sent and no phone was asked; a draft stays a draft.",
    "Take them off, or ask your compliance team.",
  ],
  organisation_refuses: [
    "Your organisation's policy does not allow that.",
    "Nothing was sent or changed, and no phone was asked; a draft stays a draft.",
    "Leave out what it names, or ask your administrator.",
  ],
  tier_break: [
    "A file of this mail may not go to everybody who gets it.",
    "Nothing was sent and no phone was asked; the draft is in Gmail as it was.",
    "Take the file or the recipient off, have the NDA signed and confirmed in the room, or ask a lead or counsel for an override.",
  ],
  document_lower: [
    "Only a lead makes a document less confidential or takes its mark off.",
    "Nothing was changed: the document is marked as it was.",
    "Ask the room's lead.",
  ],
  interrupted: [
    "The server was restarted while it worked on this.",
    "Nothing was sent without your phone; what was read, drafted and asked is kept.",
    "Press Try again.",
  ],
  restarting: [
    "The server is being restarted.",
    "This request was not taken; nothing was changed or sent.",
    "Wait a moment and try again.",
  ],
  model_down: [
    "The model did not answer.",
    "Nothing was sent; what was read and drafted is kept.",
    "Press Try again.",
  ],
  model_throttled: [
    "The model is busy.",
    "Nothing was sent; what was read and drafted is kept.",
    "Try again in a minute.",
  ],
  model_refused: [
    "The model's service refused the question.",
    "Nothing was sent; what was read and drafted is kept.",
    "Tell your administrator: the model's name, its key or its limits do not fit.",
  ],
  model_cut: [
    "The answer broke off.",
    "Nothing was sent; what you see above is all that arrived.",
    "Press Try again.",
  ],
  budget: [
    "This request took more steps than one answer may take.",
    "Nothing was sent without your phone.",
    "Ask for a smaller part.",
  ],
  store_down: [
    "VaultDesk's database does not answer.",
    "Nothing was sent without your phone; what waits goes on when it is back.",
    "Try again in a minute.",
  ],
  internal: [
    "Something broke on our side.",
    "Nothing was sent without your phone.",
    "Try again; if it stays, tell your administrator the time.",
  ],
} as const satisfies Record<string, readonly [string, string, string]>;

export const ProblemCode = z.enum([
  "bad_request",
  "too_large",
  "too_many",
  "signed_out",
  "signed_out_everywhere",
  "forbidden",
  "not_found",
  "thread_unknown",
  "draft_unknown",
  "draft_changed",
  "address_refused",
  "google_not_connected",
  "google_reconnect",
  "google_scope_missing",
  "google_throttled",
  "google_down",
  "google_refused",
  "vault_down",
  "phone_not_enrolled",
  "push_refused",
  "denied_before",
  "not_asked_for",
  "already_asked",
  "event_unknown",
  "event_not_yours",
  "label_unknown",
  "nothing_to_move",
  "too_many_mails",
  "not_again",
  "bundle_too_large",
  "attachment_unknown",
  "attachments_too_large",
  "too_many_templates",
  "conversation_busy",
  "role_lacks",
  "nobody_to_approve",
  "room_changed",
  "party_unknown",
  "quote_unknown",
  "mail_not_here",
  "last_lead",
  "beyond_policy",
  "not_own_side",
  "member_already",
  "absence_refused",
  "room_full",
  "not_for_them",
  "organisation_refuses",
  "tier_break",
  "document_lower",
  "on_hold",
  "forget_on_hold",
  "forget_leads",
  "forget_busy",
  "interrupted",
  "restarting",
  "model_down",
  "model_throttled",
  "model_refused",
  "model_cut",
  "budget",
  "store_down",
  "internal",
]);
export type ProblemCode = z.infer<typeof ProblemCode>;

export const Problem = z.object({
  code: ProblemCode,
  happened: z.string(),
  notDone: z.string(),
  press: z.string(),
  /** Scopes to ask for, with `google_scope_missing`. */
  scopes: z.array(z.string()).optional(),
  /** With `tier_break`: addresses of those who may let it pass. */
  overriders: z.array(z.string()).optional(),
  /** Seconds to wait, where the other side named them. */
  retryAfter: z.number().optional(),
  /** One more sentence that names the case, for example the refused address. */
  detail: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

type Extra = Pick<Problem, "scopes" | "overriders" | "retryAfter" | "detail">;

/** The problem of a code with its three-part text. */
export function problem(code: ProblemCode, extra: Extra = {}): Problem {
  const [happened, notDone, press] = TABLE[code];
  return { code, happened, notDone, press, ...extra };
}

/** The three parts as one line, for the model and for screen readers. */
export function sentence(p: Problem): string {
  return [p.happened, p.detail, p.notDone, p.press].filter((part) => part !== undefined).join(" ");
}
