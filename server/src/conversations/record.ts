/** Conversations and the drafts they may touch; their runs are `runs-record.ts`. Every read names the owner: another's id is the same as an absent one. */
import type { ConversationRow } from "@vaultdesk/shared/api.ts";
import { ConversationId, newId, ThreadId } from "@vaultdesk/shared/id.ts";

import type { Keyring } from "../store/keys.ts";
import type { Db } from "../store/schema.ts";

export interface Conversations {
  create(sub: string, title: string, threadId: ThreadId | undefined): Promise<ConversationId>;
  owns(sub: string, id: string): Promise<boolean>;
  list(sub: string): Promise<ConversationRow[]>;
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
