/** The tables, and the ordered steps that make them. A step, once landed, is never edited. */
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

type Sealed = Uint8Array;

export interface Tables {
  users: { sub: string; key_wrapped: Sealed; created_at: string };
  conversations: {
    id: string;
    sub: string;
    title_sealed: Sealed;
    thread_id: string | null;
    last_seq: number;
    created_at: string;
    updated_at: string;
  };
  events: { conversation_id: string; seq: number; at: string; body_sealed: Sealed };
  runs: {
    id: string;
    conversation_id: string;
    sub: string;
    state: string;
    input_sealed: Sealed;
    /** The messages of the run as later runs see them; absent until it waits or ends. */
    transcript_sealed: Sealed | null;
    created_at: string;
  };
  /** Drafts that a conversation made or may send: the only draft ids that its tools and cards accept. */
  drafts: { draft_id: string; conversation_id: string; sub: string };
  approvals: {
    id: string;
    conversation_id: string;
    run_id: string | null;
    sub: string;
    approver: string;
    state: string;
    digest: string;
    code: string;
    draft_id: string;
    action_sealed: Sealed;
    raw_sealed: Sealed;
    /** `auth_req_id`, interval and `authorization_details` as sent. */
    request_sealed: Sealed | null;
    next_poll_at: number | null;
    lease_until: number;
    requested_at: string;
    expires_at: string;
    ended_at: string | null;
    detail: string | null;
    effect: string | null;
  };
  /** Single use of a grant: the `jti` of each CIBA token that was accepted. */
  grants: { jti: string; approval_id: string };
  audit: { seq: number; at: string; entry: string; prev: string; hash: string };
  checkpoints: {
    thread_id: string;
    ns: string;
    id: string;
    parent_id: string | null;
    sub: string;
    body_sealed: Sealed;
  };
  checkpoint_writes: {
    thread_id: string;
    ns: string;
    checkpoint_id: string;
    task_id: string;
    idx: number;
    task_path: string;
    channel: string;
    body_sealed: Sealed;
  };
}

export type Db = Kysely<Tables>;

const first: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of [
      sql`create table users (sub text primary key, key_wrapped blob not null, created_at text not null)`,
      sql`create table conversations (id text primary key, sub text not null, title_sealed blob not null, thread_id text,
        last_seq integer not null, created_at text not null, updated_at text not null)`,
      sql`create index conversations_by_sub on conversations (sub, updated_at)`,
      sql`create table events (conversation_id text not null, seq integer not null, at text not null, body_sealed blob not null,
        primary key (conversation_id, seq))`,
      sql`create table runs (id text primary key, conversation_id text not null, sub text not null, state text not null,
        input_sealed blob not null, transcript_sealed blob, created_at text not null)`,
      sql`create index runs_by_conversation on runs (conversation_id, created_at)`,
      sql`create table drafts (draft_id text not null, conversation_id text not null, sub text not null,
        primary key (conversation_id, draft_id))`,
      sql`create table approvals (id text primary key, conversation_id text not null, run_id text, sub text not null,
        approver text not null, state text not null, digest text not null, code text not null, draft_id text not null,
        action_sealed blob not null, raw_sealed blob not null, request_sealed blob, next_poll_at integer,
        lease_until integer not null, requested_at text not null, expires_at text not null, ended_at text, detail text, effect text)`,
      sql`create index approvals_due on approvals (state, next_poll_at)`,
      sql`create index approvals_by_sub on approvals (sub, requested_at)`,
      sql`create table grants (jti text primary key, approval_id text not null)`,
      sql`create table audit (seq integer primary key, at text not null, entry text not null, prev text not null, hash text not null)`,
      sql`create table checkpoints (thread_id text not null, ns text not null, id text not null, parent_id text, sub text not null,
        body_sealed blob not null, primary key (thread_id, ns, id))`,
      sql`create table checkpoint_writes (thread_id text not null, ns text not null, checkpoint_id text not null, task_id text not null,
        idx integer not null, task_path text not null, channel text not null, body_sealed blob not null,
        primary key (thread_id, ns, checkpoint_id, task_id, idx))`,
    ]) {
      await statement.execute(db);
    }
  },
};

export const MIGRATIONS: Readonly<Record<string, Migration>> = { "0001-first": first };
