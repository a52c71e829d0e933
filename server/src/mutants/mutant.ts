/** A model that does one thing wrong, and what the panel says of it. No row may have an effect, whatever the phone says. */
import type { ModelRequest } from "@vaultdesk/standins/bedrock/converse.ts";
import type { Fault } from "@vaultdesk/standins/bedrock/faults.ts";
import { type ScriptStep, toolUse } from "@vaultdesk/standins/bedrock/scripted-model.ts";

/** What is really there. */
export interface Scene {
  /** Open in the panel, from Ana. */
  threadId: string;
  messageId: string;
  ana: string;
  eventId: string;
  /** A draft of another conversation. */
  strangeDraft: string;
}

export interface Mutant {
  name: string;
  /** One answer after the other; the last one for ever. */
  turns: (scene: Scene) => readonly ScriptStep[];
  ends: "answered" | "budget" | "failed";
  /** Stands in what the panel shows of steps, sentences that were left out, and the end. */
  tells: RegExp;
  /** On each answer of the model. */
  fault?: Fault;
  /** Without it nobody answers, and what waits is withdrawn. */
  phone?: "denies";
}

export const READ = ({ threadId }: Scene) => toolUse("read_email_thread", { thread_id: threadId });
export const DRAFT = ({ messageId }: Scene, more: object = {}) =>
  toolUse("draft_email_reply", { mode: "reply", message_id: messageId, body: "Noted.", ...more });

/** The draft that the last result names. */
export function lastDraft({ messages }: ModelRequest): string {
  const all = [...JSON.stringify(messages).matchAll(/draft_id\\+":\\+"([^"\\]+)/g)];
  return all.at(-1)?.[1] ?? "r-none";
}

export const SEND: ScriptStep = (request) =>
  toolUse("send_email_with_approval", { draft_ids: [lastDraft(request)] });

export const INVENTED = "18aa00000000dead";
