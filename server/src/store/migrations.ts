/**
 * The ordered steps that make the tables. A step, once landed, is never edited. One that takes away, or adds what old code must not ignore,
 * says `needs` of itself: docs/storage.md.
 */
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Migration } from "kysely/migration";

import { inEntry as memberOf } from "./in-entry.ts";

interface Words {
  blob: RawBuilder<unknown>;
  /** Postgres' `integer` ends before the milliseconds of 1970-01-25. */
  integer: RawBuilder<unknown>;
  inEntry: (member: string) => RawBuilder<unknown>;
}

const WORDS: Readonly<Record<"sqlite" | "postgres", Words>> = {
  sqlite: {
    blob: sql.raw("blob"),
    integer: sql.raw("integer"),
    inEntry: (member) => memberOf("sqlite", member),
  },
  postgres: {
    blob: sql.raw("bytea"),
    integer: sql.raw("bigint"),
    inEntry: (member) => memberOf("postgres", member),
  },
};

function step(statements: (words: Words) => RawBuilder<unknown>[], words: Words): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      for (const statement of statements(words)) await statement.execute(db);
    },
  };
}

const first = ({ blob, integer }: Words) => [
  sql`create table users (sub text primary key, key_wrapped ${blob} not null, created_at text not null)`,
  sql`create table conversations (id text primary key, sub text not null, title_sealed ${blob} not null, thread_id text,
    last_seq ${integer} not null, created_at text not null, updated_at text not null)`,
  sql`create index conversations_by_sub on conversations (sub, updated_at)`,
  sql`create table events (conversation_id text not null, seq ${integer} not null, at text not null, body_sealed ${blob} not null,
    primary key (conversation_id, seq))`,
  sql`create table runs (id text primary key, conversation_id text not null, sub text not null, state text not null,
    input_sealed ${blob} not null, transcript_sealed ${blob}, created_at text not null)`,
  sql`create index runs_by_conversation on runs (conversation_id, created_at)`,
  sql`create table drafts (draft_id text not null, conversation_id text not null, sub text not null,
    primary key (conversation_id, draft_id))`,
  sql`create table approvals (id text primary key, conversation_id text not null, run_id text, sub text not null,
    approver text not null, state text not null, digest text not null, code text not null, draft_id text not null,
    action_sealed ${blob} not null, raw_sealed ${blob} not null, request_sealed ${blob}, next_poll_at ${integer},
    lease_until ${integer} not null, requested_at text not null, expires_at text not null, ended_at text, detail text, effect text)`,
  sql`create index approvals_due on approvals (state, next_poll_at)`,
  sql`create index approvals_by_sub on approvals (sub, requested_at)`,
  sql`create table grants (jti text primary key, approval_id text not null)`,
  sql`create table audit (seq ${integer} primary key, at text not null, entry text not null, prev text not null, hash text not null)`,
  sql`create table checkpoints (thread_id text not null, ns text not null, id text not null, parent_id text, sub text not null,
    body_sealed ${blob} not null, primary key (thread_id, ns, id))`,
  sql`create table checkpoint_writes (thread_id text not null, ns text not null, checkpoint_id text not null, task_id text not null,
    idx ${integer} not null, task_path text not null, channel text not null, body_sealed ${blob} not null,
    primary key (thread_id, ns, checkpoint_id, task_id, idx))`,
];

const engine = ({ blob, integer }: Words) => [
  sql`alter table runs add column lease_until ${integer} not null default 0`,
  sql`create index runs_open on runs (state, lease_until) where state <> 'ended'`,
  sql`alter table approvals add column call_id text`,
  sql`alter table approvals add column pushed_at ${integer}`,
  sql`alter table approvals add column pushes ${integer} not null default 0`,
  sql`alter table approvals add column attempts ${integer} not null default 0`,
  sql`create unique index approvals_by_call on approvals (run_id, call_id) where call_id is not null`,
  sql`create index approvals_by_run on approvals (run_id) where run_id is not null`,
  sql`create index approvals_open on approvals (sub, state) where ended_at is null`,
  sql`create index approvals_by_push on approvals (approver, pushed_at)`,
  sql`alter table approvals add column content_digest text not null default ''`,
  sql`create index approvals_denied on approvals (conversation_id, content_digest) where state = 'denied'`,
  sql`create table queue (approval_id text primary key, sub text not null, kind text not null, due_at ${integer} not null,
    interval_ms ${integer} not null, expires_at ${integer} not null, auth_req_sealed ${blob})`,
  sql`create index queue_due on queue (due_at)`,
  sql`create table panels (sub text primary key, open_until ${integer} not null)`,
  // The id of a request of before is sealed elsewhere: its poll finds nothing, and the phone is asked again by a move of its own.
  sql`insert into queue select id, sub, 'poll', 0, 5000, 8640000000000000, null from approvals where state = 'waiting'`,
  sql`update approvals set effect = '[{"state":"sent",' || substr(effect, 2) || ']' where state = 'executed' and effect is not null`,
  sql`update approvals set effect = '[{"state":"drifted",' || substr(effect, 2) || ']' where state = 'drifted' and effect is not null`,
  sql`drop index approvals_due`,
  sql`alter table approvals drop column next_poll_at`,
  sql`create table buckets (name text primary key, tokens double precision not null, at ${integer} not null)`,
  sql`create table audit_head (id ${integer} primary key, seq ${integer} not null, hash text not null)`,
  sql`insert into audit_head select 1, coalesce(max(seq), 0), ${"0".repeat(64)} from audit`,
  sql`update audit_head set hash = (select hash from audit where audit.seq = audit_head.seq) where seq > 0`,
  sql`create table checkpoint_values (thread_id text not null, ns text not null, channel text not null, version text not null,
    body_sealed ${blob} not null, primary key (thread_id, ns, channel, version))`,
  sql`create table meta (key text primary key, value ${blob} not null)`,
];

const settings = ({ blob }: Words) => [
  sql`create table settings (sub text primary key, body_sealed ${blob} not null)`,
];

const views = ({ blob, integer }: Words) => [
  sql`create table templates (id text primary key, sub text not null, body_sealed ${blob} not null, updated_at text not null)`,
  sql`create index templates_by_sub on templates (sub)`,
  sql`create table tool_uses (sub text not null, tool text not null, at text not null, primary key (sub, tool))`,
  sql`create table sign_outs (sub text primary key, before ${integer} not null)`,
];

const provenance = ({ blob }: Words) => [
  sql`alter table drafts add column dossier_sealed ${blob}`,
  sql`alter table approvals add column judged_sealed ${blob}`,
];

const rooms = ({ blob, integer }: Words) => [
  sql`create table people (sub text primary key, address_hash text not null, address_sealed ${blob} not null)`,
  sql`create index people_by_address on people (address_hash)`,
  sql`create table rooms (id text primary key, key_wrapped ${blob} not null, body_sealed ${blob} not null, state text not null,
    wall text, wall_side text, version ${integer} not null, created_at text not null)`,
  sql`create index rooms_by_wall on rooms (wall) where wall is not null`,
  sql`create table room_members (id text primary key, room_id text not null, sub text, address_hash text not null,
    address_sealed ${blob} not null, role text not null, since text not null)`,
  sql`create unique index room_members_by_address on room_members (room_id, address_hash)`,
  sql`create unique index room_members_by_sub on room_members (sub, room_id) where sub is not null`,
  sql`create index room_members_invited on room_members (address_hash) where sub is null`,
  sql`create table room_threads (id text primary key, room_id text not null, title_sealed ${blob} not null, added_at text not null)`,
  sql`create index room_threads_by_room on room_threads (room_id, added_at)`,
  sql`create table room_messages (room_id text not null, hash text not null, link_id text not null, primary key (room_id, hash))`,
  sql`create index room_messages_by_link on room_messages (link_id)`,
  sql`create table conversation_rooms (conversation_id text not null, room_id text not null, primary key (conversation_id, room_id))`,
  sql`create index conversation_rooms_by_room on conversation_rooms (room_id)`,
  sql`create table approval_rooms (approval_id text not null, room_id text not null, primary key (approval_id, room_id))`,
  sql`create index approval_rooms_by_room on approval_rooms (room_id)`,
];

const trail = ({ integer, inEntry }: Words) => [
  // Whose a row is and of what kind, for the views alone: the chain is of the entry's text.
  sql`alter table audit add column sub text not null default ''`,
  sql`alter table audit add column kind text not null default ''`,
  sql`update audit set sub = coalesce(${inEntry("sub")}, ''), kind = coalesce(${inEntry("kind")}, '')`,
  sql`create index audit_by_sub on audit (sub, seq)`,
  sql`create table sign_ins (sub text not null, since ${integer} not null, primary key (sub, since))`,
  sql`create table google_access (sub text primary key, scopes text not null)`,
  sql`create table holds (id text primary key, kind text not null, target text not null, since text not null)`,
  sql`create unique index holds_by_target on holds (kind, target)`,
];

/** In `meta`: the newest step that a process must know to work on this schema. */
export const NEEDS_KEY = "needs_step";

const needs = (name: string) =>
  sql`insert into meta (key, value) values (${NEEDS_KEY}, ${Buffer.from(name)})
    on conflict (key) do update set value = excluded.value`;

/** Barriers between rooms and legal holds are not to be ignored. */
const rolling = () => [needs("0008-rolling")];

const eyes = ({ blob }: Words) => [
  sql`alter table approvals add column second_of text`,
  sql`alter table approvals add column eyes_sealed ${blob}`,
  sql`create index approvals_by_first on approvals (second_of) where second_of is not null`,
  // A process that does not know it would do what only one of several has approved.
  needs("0009-eyes"),
];

const apart = () => [
  // Of one message the rooms and the conversations that have it are found by one hash, under the server's key.
  sql`alter table room_messages add column blind text`,
  sql`create index room_messages_by_blind on room_messages (blind) where blind is not null`,
  sql`create table conversation_mail (conversation_id text not null, blind text not null, primary key (conversation_id, blind))`,
  // A process that does not know it would show what a wall closes.
  needs("0010-apart"),
];

const manyRooms = ({ integer }: Words) => [
  sql`create index room_messages_unseen on room_messages (room_id) where blind is null`,
  sql`alter table rooms add column thread_count ${integer}`,
];

const tracker = ({ blob }: Words) => [
  sql`create table room_entries (id text primary key, room_id text not null, member_id text not null, state text not null,
    body_sealed ${blob} not null, at text not null)`,
  sql`create index room_entries_by_room on room_entries (room_id, at)`,
  // A process that does not know it could not read what a room's roles may do now.
  needs("0012-tracker"),
];

const byAge = ({ integer }: Words) => [
  sql`create table upkeep (name text primary key, days ${integer} not null, since ${integer} not null, seen ${integer} not null)`,
  sql`create index conversations_by_use on conversations (updated_at, id)`,
  sql`create index approvals_by_conversation on approvals (conversation_id)`,
];

const away = ({ blob }: Words) => [
  // A process that does not know it asks whoever is away, and takes nobody's yes for theirs.
  sql`alter table room_members add column away_sealed ${blob}`,
];

const roomLog = (words: Words) => [
  sql`create index audit_by_room on audit (${words.inEntry("roomId")}, seq)`,
  sql`create index audit_by_approval on audit (${words.inEntry("approvalId")}, seq)`,
];

const tiers = ({ blob }: Words) => [
  sql`create table room_documents (id text primary key, room_id text not null, tier text not null, title_sealed ${blob} not null,
    added_at text not null)`,
  sql`create index room_documents_by_room on room_documents (room_id, added_at)`,
  sql`create table room_prints (room_id text not null, hash text not null, document_id text not null, primary key (room_id, hash))`,
  sql`create index room_prints_by_document on room_prints (document_id)`,
  // A process that does not know of tiers would send what breaks them.
  needs("0016-tiers"),
];

const anchored = ({ integer }: Words) => [
  sql`create table audit_anchor (id ${integer} primary key, line text not null)`,
];

const roomEvents = () => [
  sql`create table room_events (room_id text not null, blind text not null, primary key (room_id, blind))`,
  // A process that does not know it would show what a wall hides.
  needs("0018-room-events"),
];

export function migrations(kind: "sqlite" | "postgres"): Record<string, Migration> {
  const words = WORDS[kind];
  return {
    "0001-first": step(first, words),
    "0002-engine": step(engine, words),
    "0003-settings": step(settings, words),
    "0004-views": step(views, words),
    "0005-provenance": step(provenance, words),
    "0006-rooms": step(rooms, words),
    "0007-trail": step(trail, words),
    "0008-rolling": step(rolling, words),
    "0009-eyes": step(eyes, words),
    "0010-apart": step(apart, words),
    "0011-many-rooms": step(manyRooms, words),
    "0012-tracker": step(tracker, words),
    "0013-by-age": step(byAge, words),
    "0014-away": step(away, words),
    "0015-room-log": step(roomLog, words),
    "0016-tiers": step(tiers, words),
    "0017-anchored": step(anchored, words),
    "0018-room-events": step(roomEvents, words),
  };
}
