/** Conversations, their runs and the drafts they may touch. Every read names the owner: another's id is the same as an absent one. */
import type { ConversationRow } from "@vaultdesk/shared/api.ts";
import { ConversationId, newId, RunId, ThreadId } from "@vaultdesk/shared/id.ts";

import type { Keyring } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";

interface RunInput {
  text: string;
  threadId?: string | undefined;
  messageId?: string | undefined;
  timeZone: string;
}

export interface Conversations {
  create(sub: string, title: string, threadId: ThreadId | undefined): Promise<ConversationId>;
  owns(sub: string, id: string): Promise<boolean>;
  list(sub: string): Promise<ConversationRow[]>;
  startRun(sub: string, id: ConversationId, input: RunInput): Promise<RunId>;
  ownsRun(sub: string, id: string): Promise<boolean>;
  setRun(sub: string, id: RunId, state: string, transcript?: string): Promise<void>;
  /** Compare-and-set on the run's state. */
  claimRun(id: RunId, from: string, to: string): Promise<boolean>;
  run(
    id: string,
  ): Promise<{ sub: string; conversationId: ConversationId; state: string } | undefined>;
  /** Runs in one of these states, for a start after a crash. */
  runsIn(state: string): Promise<RunId[]>;
  /** Transcripts of the earlier runs of a conversation, oldest first, at most `limit`. */
  transcripts(sub: string, id: ConversationId, limit: number): Promise<string[]>;
  addDraft(sub: string, id: ConversationId, draftId: string): Promise<void>;
  hasDraft(sub: string, id: string, draftId: string): Promise<boolean>;
}

export function createConversations(db: Db, keys: Keyring, now: () => Date): Conversations {
  return {
    async create(sub, title, threadId) {
      const id = ConversationId.parse(newId("con"));
      const sealer = await keys.of(sub);
      const at = now().toISOString();
      await db
        .insertInto("conversations")
        .values({
          id,
          sub,
          title_sealed: sealer.seal(title, `conversations/${id}/title`),
          thread_id: threadId ?? null,
          last_seq: 0,
          created_at: at,
          updated_at: at,
        })
        .execute();
      return id;
    },

    async owns(sub, id) {
      const row = await db
        .selectFrom("conversations")
        .select("id")
        .where("id", "=", id)
        .where("sub", "=", sub)
        .executeTakeFirst();
      return row !== undefined;
    },

    async list(sub) {
      const sealer = await keys.of(sub);
      const rows = await db
        .selectFrom("conversations")
        .selectAll()
        .where("sub", "=", sub)
        .orderBy("updated_at", "desc")
        .limit(50)
        .execute();
      return rows.map((row) => ({
        id: ConversationId.parse(row.id),
        title: sealer.text(row.title_sealed, `conversations/${row.id}/title`),
        ...(row.thread_id === null ? {} : { threadId: ThreadId.parse(row.thread_id) }),
        updatedAt: row.updated_at,
      }));
    },

    async startRun(sub, conversationId, input) {
      const id = RunId.parse(newId("run"));
      const sealer = await keys.of(sub);
      await db
        .insertInto("runs")
        .values({
          id,
          conversation_id: conversationId,
          sub,
          state: "running",
          input_sealed: sealer.seal(JSON.stringify(input), `runs/${id}/input`),
          transcript_sealed: null,
          created_at: now().toISOString(),
        })
        .execute();
      return id;
    },

    async ownsRun(sub, id) {
      const row = await db
        .selectFrom("runs")
        .select("id")
        .where("id", "=", id)
        .where("sub", "=", sub)
        .executeTakeFirst();
      return row !== undefined;
    },

    async setRun(sub, id, state, transcript) {
      const sealer = await keys.of(sub);
      await db
        .updateTable("runs")
        .set({
          state,
          ...(transcript === undefined
            ? {}
            : { transcript_sealed: sealer.seal(transcript, `runs/${id}/transcript`) }),
        })
        .where("id", "=", id)
        .execute();
    },

    async claimRun(id, from, to) {
      const row = await db
        .updateTable("runs")
        .set({ state: to })
        .where("id", "=", id)
        .where("state", "=", from)
        .returning("id")
        .executeTakeFirst();
      return row !== undefined;
    },

    async run(id) {
      const row = await db
        .selectFrom("runs")
        .select(["sub", "conversation_id", "state"])
        .where("id", "=", id)
        .executeTakeFirst();
      return row === undefined
        ? undefined
        : {
            sub: row.sub,
            conversationId: ConversationId.parse(row.conversation_id),
            state: row.state,
          };
    },

    async runsIn(state) {
      const rows = await db.selectFrom("runs").select("id").where("state", "=", state).execute();
      return rows.map((row) => RunId.parse(row.id));
    },

    async transcripts(sub, conversationId, limit) {
      const sealer = await keys.of(sub);
      const rows = await db
        .selectFrom("runs")
        .select(["id", "transcript_sealed"])
        .where("conversation_id", "=", conversationId)
        .where("sub", "=", sub)
        .where("transcript_sealed", "is not", null)
        .orderBy("created_at", "desc")
        .limit(limit)
        .execute();
      return rows
        .toReversed()
        .flatMap((row) =>
          row.transcript_sealed === null
            ? []
            : [sealer.text(row.transcript_sealed, `runs/${row.id}/transcript`)],
        );
    },

    async addDraft(sub, conversationId, draftId) {
      await db
        .insertInto("drafts")
        .values({ sub, conversation_id: conversationId, draft_id: draftId })
        .onConflict((conflict) => conflict.columns(["conversation_id", "draft_id"]).doNothing())
        .execute();
    },

    async hasDraft(sub, conversationId, draftId) {
      const row = await db
        .selectFrom("drafts")
        .select("draft_id")
        .where("conversation_id", "=", conversationId)
        .where("draft_id", "=", draftId)
        .where("sub", "=", sub)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
