/**
 * The numbered events of a conversation: appended in the transaction of what they tell, replayed from any number,
 * and announced once committed, to the other processes by the transaction itself.
 */
import { ConversationEvent, EventBody } from "@vaultdesk/shared/event.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import type { Transaction } from "kysely";

import type { Bus } from "../store/bus.ts";
import type { Keyring } from "../store/keys.ts";
import type { Db, Tables } from "../store/schema.ts";

/**
 * An event as it goes to a panel, its JSON in UTF-8 and in pieces: it was checked when it was written, and is neither taken apart nor copied
 * to be sent.
 */
export interface ToldEvent {
  seq: number;
  json: readonly Uint8Array[];
}

export interface ConversationLog {
  /** Appends and announces. */
  append(conversationId: string, sub: string, ...bodies: EventBody[]): Promise<void>;
  /** Appends inside `tx`; call `announce` once it is committed. */
  appendIn(
    tx: Transaction<Tables>,
    conversationId: string,
    sub: string,
    ...bodies: EventBody[]
  ): Promise<void>;
  announce(conversationId: string): void;
  /** At most so many of those after this number. */
  told(conversationId: string, sub: string, seq: number, most?: number): Promise<ToldEvent[]>;
  /** The same, taken apart. */
  after(
    conversationId: string,
    sub: string,
    seq: number,
    most?: number,
  ): Promise<ConversationEvent[]>;
  /** Calls `wake` at each announcement until the signal ends. */
  watch(conversationId: string, wake: () => void, signal: AbortSignal): void;
  /** A request to this person's phone moves with `tx`, in whichever conversation. Call `announceAsked` once it is committed. */
  askedIn(tx: Transaction<Tables>, sub: string): Promise<void>;
  announceAsked(sub: string): void;
  watchAsked(sub: string, wake: () => void, signal: AbortSignal): void;
}

const MOST = 500;

function place(id: string, seq: number): string {
  return `events/${id}/${seq}`;
}

export function createConversationLog(
  db: Db,
  bus: Bus,
  keys: Keyring,
  now: () => Date,
): ConversationLog {
  const log: ConversationLog = {
    async append(conversationId, sub, ...bodies) {
      await keys.of(sub);
      await db.transaction().execute(async (tx) => {
        await log.appendIn(tx, conversationId, sub, ...bodies);
      });
      log.announce(conversationId);
    },

    async appendIn(tx, conversationId, sub, ...bodies) {
      const sealer = await keys.of(sub, tx);
      const at = now().toISOString();
      const { last_seq: last } = await tx
        .updateTable("conversations")
        .set((row) => ({ last_seq: row("last_seq", "+", bodies.length), updated_at: at }))
        .where("id", "=", conversationId)
        .returning("last_seq")
        .executeTakeFirstOrThrow();
      const first = last - bodies.length + 1;
      for (const [index, body] of bodies.entries()) {
        const seq = first + index;
        await tx
          .insertInto("events")
          .values({
            conversation_id: conversationId,
            seq,
            at,
            body_sealed: sealer.seal(
              JSON.stringify(EventBody.parse(body)),
              place(conversationId, seq),
            ),
          })
          .execute();
      }
      await bus.publishIn(tx, "conversation", conversationId);
    },

    announce(conversationId) {
      bus.announce("conversation", conversationId);
    },

    async told(conversationId, sub, seq, most = MOST) {
      const sealer = await keys.of(sub);
      const rows = await db
        .selectFrom("events")
        .selectAll()
        .where("conversation_id", "=", conversationId)
        .where("seq", ">", seq)
        .orderBy("seq")
        .limit(most)
        .execute();
      return rows.map((row) => ({
        seq: row.seq,
        json: [
          Buffer.from(`{"seq":${row.seq},"at":${JSON.stringify(row.at)},"body":`),
          sealer.bytes(row.body_sealed, place(conversationId, row.seq)),
          Buffer.from("}"),
        ],
      }));
    },

    async after(conversationId, sub, seq, most) {
      const events = await log.told(conversationId, sub, seq, most);
      return events.map(({ json }) =>
        ConversationEvent.parse(parseJson(Buffer.concat(json).toString())),
      );
    },

    watch(conversationId, wake, signal) {
      bus.on("conversation", conversationId, wake, signal);
    },

    askedIn: (tx, sub) => bus.publishIn(tx, "asked", sub),

    announceAsked(sub) {
      bus.announce("asked", sub);
    },

    watchAsked(sub, wake, signal) {
      bus.on("asked", sub, wake, signal);
    },
  };
  return log;
}
