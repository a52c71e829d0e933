/** What a request is about, as digests of its words alone: what was denied is known again in a new draft and under a new id. Pure. */
import { type Action, type Deed, deedsOf } from "@vaultdesk/shared/action.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";

/** What the deed works on. */
export function subjectOf(deed: Deed | undefined): string {
  if (deed === undefined) return "";
  if ("draftId" in deed) return deed.draftId;
  return "eventId" in deed ? deed.eventId : (deed.messages[0]?.messageId ?? "");
}

/** Without ids that are made anew: the same words in a new draft, the same meeting under a new id, are the same question. */
function contentOf(deed: Deed): unknown {
  switch (deed.kind) {
    case "email.send":
      return deed.content;
    case "event.create":
      return { ...deed, eventId: "" };
    case "event.update":
    case "event.cancel":
    case "mail.label":
    case "mail.trash":
    case "mail.untrash":
      return deed;
  }
}

export function contentDigestOf(action: Action): Promise<string> {
  return digestOf(deedsOf(action).map(contentOf));
}

/** A mail that was denied alone is not asked for again inside a bundle. */
export async function deniable(action: Action): Promise<string[]> {
  const alone = await Promise.all(deedsOf(action).map((deed) => contentDigestOf(deed)));
  return [await contentDigestOf(action), ...alone];
}
