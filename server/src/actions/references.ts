/** What an answer refers to: RFC 5322 3.6.4. Pure. */
import { idsIn } from "../google/rfc-ids.ts";

const MOST = 30;

export interface Refers {
  messageId: string;
  references: string;
  inReplyTo: string;
}

/**
 * The parent's references and the parent. A parent without References lends its In-Reply-To, if that names one message.
 * A long list keeps its first, which names the thread, and its last.
 */
export function referencesTo(
  parent: Refers,
): { inReplyTo: string; references: string } | undefined {
  const [messageId] = idsIn(parent.messageId);
  if (messageId === undefined) return undefined;
  const listed = idsIn(parent.references);
  const single = idsIn(parent.inReplyTo);
  const before = listed.length > 0 ? listed : single.length === 1 ? single : [];
  const all = [...new Set([...before.filter((id) => id !== messageId), messageId])];
  const kept = all.length <= MOST ? all : [...all.slice(0, 1), ...all.slice(1 - MOST)];
  return { inReplyTo: messageId, references: kept.join(" ") };
}
