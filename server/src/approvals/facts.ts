/** What an approval's audit rows carry: ids, kinds and times, never content. */
import { type Action, deedsOf } from "@vaultdesk/shared/action.ts";
import type { Outcome } from "@vaultdesk/shared/approval.ts";
import type { Override } from "@vaultdesk/shared/tier.ts";
import type { Transaction } from "kysely";

import type { Judged } from "../actions/dossier.ts";
import type { Tables } from "../store/schema.ts";

export function sentMessages(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap((outcome) => (outcome.state === "sent" ? [outcome.messageId] : []));
}

export function sentFacts(outcomes: readonly Outcome[] = []): Record<string, string> {
  const ids = sentMessages(outcomes);
  return ids.length === 0 ? {} : { messages: ids.join(" ") };
}

/** Google's ids of what was done, where the ids are not the outcome's. */
export function doneFacts(action: Action): Record<string, string> {
  const deeds = deedsOf(action);
  const events = deeds.flatMap((deed) => ("eventId" in deed ? [deed.eventId] : []));
  const moved = deeds.flatMap((deed) => ("messages" in deed ? deed.messages : []));
  return {
    ...(events.length === 0 ? {} : { events: events.join(" ") }),
    ...(moved.length === 0 ? {} : { messages: moved.map(({ messageId }) => messageId).join(" ") }),
  };
}

/** When the person asked the question that it came of; a request that they made by a button has its own time alone. */
export async function askedFacts(
  tx: Transaction<Tables>,
  runId: string | undefined,
): Promise<Record<string, string>> {
  if (runId === undefined) return {};
  const run = await tx
    .selectFrom("runs")
    .select("created_at")
    .where("id", "=", runId)
    .executeTakeFirst();
  return run === undefined ? {} : { askedAt: run.created_at };
}

export function overridesIn(action: Action): Override[] {
  return deedsOf(action).flatMap((deed) =>
    deed.kind === "email.send" && deed.override !== undefined ? [deed.override] : [],
  );
}

/** Document, tier and standing of the recipient, of each: names and addresses are content. */
export function brokenBy({ breaks }: Override): string {
  return breaks.map(({ documentId, tier, reader }) => `${documentId} ${tier} ${reader}`).join(", ");
}

/** The kinds alone: what they are about is content. */
export function warnedFacts(judged: readonly Judged[]): Record<string, string> {
  const kinds = new Set(judged.flatMap(({ warnings }) => warnings.map(({ kind }) => kind)));
  return kinds.size === 0 ? {} : { warnings: [...kinds].join(" ") };
}
