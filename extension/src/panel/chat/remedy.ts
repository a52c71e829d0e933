/** Which button answers which problem. Pure. */
import type { ProblemCode } from "@vaultdesk/shared/problem.ts";

type Remedy = "signIn" | "connect" | "again";
/** `scopes` are those that the problem names. */
export type Remedies = Partial<Record<Remedy, ((scopes?: readonly string[]) => void) | undefined>>;

export interface RemedyButton {
  does: Remedy;
  label: string;
}

const AGAIN: RemedyButton = { does: "again", label: "Try again" };

export function remedyOf(code: ProblemCode): RemedyButton | undefined {
  switch (code) {
    case "signed_out":
    case "signed_out_everywhere":
    case "forbidden":
      return { does: "signIn", label: "Sign in" };
    case "google_not_connected":
      return { does: "connect", label: "Connect Google" };
    case "google_reconnect":
      return { does: "connect", label: "Reconnect Google" };
    case "google_scope_missing":
      return { does: "connect", label: "Grant permission" };
    case "too_many":
    case "google_throttled":
    case "google_down":
    case "vault_down":
    case "model_down":
    case "model_throttled":
    case "model_cut":
    case "push_refused":
    case "interrupted":
    case "restarting":
    case "store_down":
    case "internal":
      return AGAIN;
    case "bad_request":
    case "too_large":
    case "not_found":
    case "thread_unknown":
    case "draft_unknown":
    case "draft_changed":
    case "address_refused":
    case "google_refused":
    case "phone_not_enrolled":
    case "denied_before":
    case "not_asked_for":
    case "already_asked":
    case "event_unknown":
    case "event_not_yours":
    case "label_unknown":
    case "nothing_to_move":
    case "too_many_mails":
    case "not_again":
    case "bundle_too_large":
    case "attachment_unknown":
    case "attachments_too_large":
    case "too_many_templates":
    case "conversation_busy":
    case "role_lacks":
    case "nobody_to_approve":
    case "room_changed":
    case "party_unknown":
    case "quote_unknown":
    case "mail_not_here":
    case "last_lead":
    case "beyond_policy":
    case "member_already":
    case "absence_refused":
    case "room_full":
    case "not_for_them":
    case "organisation_refuses":
    case "tier_break":
    case "not_own_side":
    case "document_lower":
    case "on_hold":
    case "forget_on_hold":
    case "forget_leads":
    case "forget_busy":
    case "budget":
    case "model_refused":
      return undefined;
  }
}
