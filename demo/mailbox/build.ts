/** Project Falcon: the mailbox of the demo. Two owners hold their own copies of the same bytes. */
import { compose } from "./compose.ts";
import type { Letter, Thread } from "./letter.ts";
import { ana, maya, type Person } from "./people.ts";
import { approach } from "./threads/approach.ts";
import { board } from "./threads/board.ts";
import { diligence } from "./threads/diligence.ts";
import { letterOfIntent } from "./threads/letter-of-intent.ts";
import { ndaMarkupThread } from "./threads/nda-markup.ts";
import { noise } from "./threads/noise.ts";
import { terms } from "./threads/terms.ts";

interface Mail {
  raw: Uint8Array;
  labels?: string[];
}

interface Owner {
  email: string;
  name: string;
}

export interface FalconMailbox {
  owner: Owner;
  other: Owner;
  forOwner: Mail[];
  forOther: Mail[];
}

export const threads: readonly Thread[] = [
  ndaMarkupThread,
  ...letterOfIntent,
  ...approach,
  ...diligence,
  ...terms,
  ...board,
  ...noise,
];

function holds(person: Person, { from, to, cc = [] }: Letter): boolean {
  return [from, ...to, ...cc].some(({ email }) => email === person.email);
}

function copyFor(person: Person, letter: Letter, raw: Uint8Array): Mail[] {
  if (!holds(person, letter)) return [];
  if (letter.from.email === person.email) return [{ raw, labels: ["SENT"] }];
  const more = person.email === maya.email ? (letter.labels ?? []) : [];
  return [{ raw, labels: ["INBOX", ...more] }];
}

export async function falconMailbox(): Promise<FalconMailbox> {
  const written = await Promise.all(
    threads.flatMap((thread) =>
      thread.letters.map(async (letter, at) => ({ letter, raw: await compose(thread, at) })),
    ),
  );
  const copies = (person: Person) =>
    written.flatMap(({ letter, raw }) => copyFor(person, letter, raw));
  return {
    owner: { email: maya.email, name: maya.name },
    other: { email: ana.email, name: ana.name },
    forOwner: copies(maya),
    forOther: copies(ana),
  };
}
