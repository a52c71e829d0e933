/** Conversations and the drafts they may touch; their runs are `runs-record.ts`. Every read names the owner: another's id is the same as an absent one. */
import type { ConversationRow } from "@vaultdesk/shared/api.ts";
import { ConversationEvent } from "@vaultdesk/shared/event.ts";
import { ConversationId, newId, ThreadId } from "@vaultdesk/shared/id.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import type { Selectable } from "kysely";

import { Dossier } from "../actions/dossier.ts";
import { isHeld } from "../audit/holds.ts";
import type { Keyring, Sealer } from "../store/keys.ts";
import type { Db, Tables } from "../store/schema.ts";
import { endsOf } from "./ends.ts";
import { type Erased, eraseConversation } from "./erase.ts";
import { inTheirRooms } from "./in-rooms.ts";
import { matches, spoken, wordsOf } from "./search.ts";

interface ConversationPage {
  conversations: ConversationRow[];
  next?: string;
  olderNotSearched?: true;
}

const PAGE = 50;
const SEARCHED = 500;

export interface Conversations {
  create(sub: string, title: string, threadId: ThreadId | undefined): Promise<ConversationId>;
  owns(sub: string, id: string): Promise<boolean>;
  list(sub: string, before?: string): Promise<ConversationPage>;
  search(sub: string, query: string): Promise<ConversationPage>;
  /** False when it is not theirs. */
  rename(sub: string, id: string, title: string): Promise<boolean>;
  /** Ids of its runs that have not ended; without an id those of all their conversations. */
  openRuns(sub: string, id?: string): Promise<string[]>;
  erase(sub: string, id: string): Promise<Erased>;
  /** It holds something of this mail from now on, by RFC Message-IDs: a wall closes it with them. */
  holds(id: ConversationId, messageIds: readonly string[]): Promise<void>;
  /** Under a legal hold, by itself or as this person's. */
  isHeld(sub: string, id: string): Promise<boolean>;
  /** Transcripts of the earlier runs of a conversation, oldest first, at most `limit`. */
  transcripts(sub: string, id: ConversationId, limit: number): Promise<string[]>;
  /** With what is known of its people; without, what was known stays. */
  addDraft(sub: string, id: ConversationId, draftId: string, dossier?: Dossier): Promise<void>;
  dossier(sub: string, id: string, draftId: string): Promise<Dossier | undefined>;
  hasDraft(sub: string, id: string, draftId: string): Promise<boolean>;
}

export function createConversations(db: Db, keys: Keyring, now: () => Date): Conversations {
  async function textOf(id: string, sealer: Sealer): Promise<string> {
    const rows = await db
      .selectFrom("events")
      .selectAll()
      .where("conversation_id", "=", id)
      .orderBy("seq")
      .execute();
    const bodies = rows.map(
      ({ seq, at, body_sealed: sealed }) =>
        ConversationEvent.parse({
          seq,
          at,
          body: parseJson(sealer.text(sealed, `events/${id}/${seq}`)),
        }).body,
    );
    return spoken(bodies);
  }

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
        .where(inTheirRooms("conversations.id", sub))
        .executeTakeFirst();
      return row !== undefined;
    },

    async list(sub, before = "") {
      const sealer = await keys.of(sub);
      const [at = "", id = ""] = before.split("~");
      let query = db
        .selectFrom("conversations")
        .selectAll()
        .where("sub", "=", sub)
        .where(inTheirRooms("conversations.id", sub));
      if (at !== "") {
        query = query.where((where) =>
          where.or([
            where("updated_at", "<", at),
            where.and([where("updated_at", "=", at), where("id", "<", id)]),
          ]),
        );
      }
      const rows = await query
        .orderBy("updated_at", "desc")
        .orderBy("id", "desc")
        .limit(PAGE + 1)
        .execute();
      const page = rows.slice(0, PAGE);
      const last = rows.length > PAGE ? page.at(-1) : undefined;
      return {
        conversations: withEnds(
          page.map((row) => opened(row, sealer)),
          await endsOf(db, sub, page),
        ),
        ...(last === undefined ? {} : { next: `${last.updated_at}~${last.id}` }),
      };
    },

    async search(sub, query) {
      const sealer = await keys.of(sub);
      const words = wordsOf(query);
      const rows = await db
        .selectFrom("conversations")
        .selectAll()
        .where("sub", "=", sub)
        .where(inTheirRooms("conversations.id", sub))
        .orderBy("updated_at", "desc")
        .orderBy("id", "desc")
        .limit(SEARCHED + 1)
        .execute();
      const found: ConversationRow[] = [];
      for (const row of rows.slice(0, SEARCHED)) {
        if (found.length === PAGE) break;
        const one = opened(row, sealer);
        if (matches(`${one.title}\n${await textOf(row.id, sealer)}`, words)) found.push(one);
      }
      return {
        conversations: withEnds(found, await endsOf(db, sub, rows)),
        ...(rows.length > SEARCHED ? { olderNotSearched: true } : {}),
      };
    },

    async rename(sub, id, title) {
      const sealer = await keys.of(sub);
      const row = await db
        .updateTable("conversations")
        .set({ title_sealed: sealer.seal(title, `conversations/${id}/title`) })
        .where("id", "=", id)
        .where("sub", "=", sub)
        .where(inTheirRooms("conversations.id", sub))
        .returning("id")
        .executeTakeFirst();
      return row !== undefined;
    },

    async openRuns(sub, id) {
      const rows = await db
        .selectFrom("runs")
        .select("id")
        .where("sub", "=", sub)
        .where("state", "<>", "ended")
        .$if(id !== undefined, (query) => query.where("conversation_id", "=", id ?? ""))
        .execute();
      return rows.map((row) => row.id);
    },

    erase: (sub, id) => eraseConversation(db, { sub, id, at: now().toISOString() }),

    async holds(id, messageIds) {
      if (messageIds.length === 0) return;
      await db
        .insertInto("conversation_mail")
        .values(messageIds.map((one) => ({ conversation_id: id, blind: keys.blind(one) })))
        .onConflict((conflict) => conflict.columns(["conversation_id", "blind"]).doNothing())
        .execute();
    },

    isHeld: (sub, id) => db.transaction().execute((tx) => isHeld(tx, sub, id)),

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

    async addDraft(sub, conversationId, draftId, dossier) {
      const sealed =
        dossier === undefined
          ? undefined
          : (await keys.of(sub)).seal(
              JSON.stringify(dossier),
              dossierPlace(conversationId, draftId),
            );
      await db
        .insertInto("drafts")
        .values({
          sub,
          conversation_id: conversationId,
          draft_id: draftId,
          dossier_sealed: sealed ?? null,
        })
        .onConflict((conflict) => {
          const taken = conflict.columns(["conversation_id", "draft_id"]);
          return sealed === undefined
            ? taken.doNothing()
            : taken.doUpdateSet({ dossier_sealed: sealed }).where("drafts.sub", "=", sub);
        })
        .execute();
    },

    async dossier(sub, conversationId, draftId) {
      const row = await db
        .selectFrom("drafts")
        .select("dossier_sealed")
        .where("conversation_id", "=", conversationId)
        .where("draft_id", "=", draftId)
        .where("sub", "=", sub)
        .executeTakeFirst();
      if (row === undefined || row.dossier_sealed === null) return undefined;
      const sealer = await keys.of(sub);
      const text = sealer.text(row.dossier_sealed, dossierPlace(conversationId, draftId));
      return Dossier.parse(parseJson(text));
    },

    async hasDraft(sub, conversationId, draftId) {
      const row = await db
        .selectFrom("drafts")
        .select("draft_id")
        .where("conversation_id", "=", conversationId)
        .where("draft_id", "=", draftId)
        .where("sub", "=", sub)
        .where(inTheirRooms("drafts.conversation_id", sub))
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

function dossierPlace(conversationId: string, draftId: string): string {
  return `drafts/${conversationId}/${draftId}/dossier`;
}

function withEnds(rows: ConversationRow[], ends: ReadonlyMap<string, string>): ConversationRow[] {
  return rows.map((row) => {
    const expiresAt = ends.get(row.id);
    return expiresAt === undefined ? row : { ...row, expiresAt };
  });
}

function opened(row: Selectable<Tables["conversations"]>, sealer: Sealer): ConversationRow {
  return {
    id: ConversationId.parse(row.id),
    title: sealer.text(row.title_sealed, `conversations/${row.id}/title`),
    ...(row.thread_id === null ? {} : { threadId: ThreadId.parse(row.thread_id) }),
    updatedAt: row.updated_at,
  };
}
