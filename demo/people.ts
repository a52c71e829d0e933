/** Whose mailbox the demo shows: the deal that we wrote, or any mail a path names. */
import { readMailbox } from "@vaultdesk/standins/mailbox/import.ts";
import type { Inhabitant } from "@vaultdesk/standins/world.ts";

import { falconMailbox } from "./mailbox/build.ts";

export interface Cast {
  people: [Inhabitant, ...Inhabitant[]];
  /** Lines that say what was read and what was left out. */
  notes: string[];
}

export async function falconCast(): Promise<Cast> {
  const { owner, other, forOwner, forOther } = await falconMailbox();
  return {
    people: [
      { ...owner, sub: "google-oauth2|1001", phone: "confirmed", mail: forOwner },
      { ...other, sub: "google-oauth2|1002", phone: "confirmed", mail: forOther },
    ],
    notes: [`Project Falcon, ${forOwner.length} messages that we wrote`],
  };
}

/** A mailbox on disk: a folder of messages, .eml files, or one mbox. */
export async function castOf(path: string): Promise<Cast> {
  const { messages, skipped, owner } = await readMailbox(path);
  if (messages.length === 0) {
    const why = skipped[0] === undefined ? "" : ` (${skipped[0].where}: ${skipped[0].why})`;
    throw new Error(`${path} holds no mail${why}`);
  }
  const email = owner ?? "owner@mailbox.example";
  return {
    people: [
      { email, name: nameOf(email), sub: "google-oauth2|1001", phone: "confirmed", mail: messages },
    ],
    notes: [
      `${messages.length} messages of ${email}`,
      ...skipped.slice(0, 5).map(({ where, why }) => `left out ${where}: ${why}`),
      ...(skipped.length > 5 ? [`and ${skipped.length - 5} more left out`] : []),
    ],
  };
}

function nameOf(email: string): string {
  return (email.split("@")[0] ?? email)
    .split(/[._-]+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}
