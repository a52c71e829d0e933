/** Which thread the tour opens and what it asks: in the deal that we wrote by name, in any other mailbox by what it holds. */
import type { World } from "@vaultdesk/standins/world.ts";

export interface Plan {
  threadId: string;
  subject: string;
  /** The message that is answered: the last one of somebody else. */
  messageId: string;
  sender: string;
  /** A word of its text, for the search. */
  word: string;
}

const COMMON = new Set(
  "about after again their there these those which while would could should please thanks thank regards message subject original attached forwarded".split(
    " ",
  ),
);

export function planOf(world: World, email: string): Plan {
  const box = world.google.mailbox(email);
  const candidates = box.threads().flatMap((row) => {
    const messages = box.thread(row.threadId);
    const last = messages.findLast((message) => !message.from.toLowerCase().includes(email));
    if (last === undefined || row.subject === "" || last.text.length < 80) return [];
    return [{ row, last, messages }];
  });
  const chosen =
    candidates.find(({ row }) => row.subject.includes("NDA markup")) ??
    candidates.toSorted((a, b) => b.messages.length - a.messages.length)[0];
  if (chosen === undefined) throw new Error("the mailbox has no message to answer");
  const { row, last } = chosen;
  const words = (last.text.toLowerCase().match(/\b[a-z]{6,12}\b/g) ?? []).filter(
    (word) => !COMMON.has(word),
  );
  return {
    threadId: row.threadId,
    subject: row.subject,
    messageId: last.id,
    sender: /<([^>]+)>/.exec(last.from)?.[1] ?? last.from,
    word: words.toSorted((a, b) => b.length - a.length)[0] ?? "agreement",
  };
}
