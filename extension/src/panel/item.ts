/** What stands in a conversation, one below the other. `key` stays while the item does. */
import type { ApprovalView } from "@vaultdesk/shared/approval.ts";
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import type { RoomId, RunId, ThreadId } from "@vaultdesk/shared/id.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import type { ToolName } from "@vaultdesk/shared/scope.ts";
import type { CurrentTerms } from "@vaultdesk/shared/term.ts";

interface UserItem {
  kind: "user";
  key: string;
  runId: RunId;
  text: string;
  threadId: ThreadId | undefined;
}
interface AnswerItem {
  kind: "answer";
  key: string;
  runId: RunId;
  text: string;
}
export interface StepItem {
  kind: "step";
  key: string;
  runId: RunId;
  tool: ToolName | undefined;
  title: string;
  state: "running" | "ok" | "failed";
  summary: string;
  details: readonly string[];
  /** Scopes that it needed and did not have. */
  missing: readonly string[];
  /** The deal room on whose tracker it proposed something. */
  board?: RoomId | undefined;
}
interface TermsItem {
  kind: "terms";
  key: string;
  runId: RunId;
  terms: CurrentTerms;
}
interface DraftItem {
  kind: "draft";
  key: string;
  runId: RunId | undefined;
  draft: DraftView;
}
interface ApprovalItem {
  kind: "approval";
  key: string;
  approval: ApprovalView;
}
/** Stands where a sentence was left out, or below an answer that names no message. */
interface NoteItem {
  kind: "note";
  key: string;
  runId: RunId;
  text: string;
}
interface EndItem {
  kind: "end";
  key: string;
  runId: RunId;
  outcome: "cancelled" | "failed" | "budget";
  problem: Problem | undefined;
}
export type Item =
  | UserItem
  | AnswerItem
  | StepItem
  | TermsItem
  | DraftItem
  | ApprovalItem
  | NoteItem
  | EndItem;
