/** The tables. The steps that make them are `migrations.ts`. */
import type { Kysely } from "kysely";

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
    /** While `running`: when another process may take it for dead. Milliseconds since the epoch. */
    lease_until: number;
  };
  /** Drafts that a conversation made or may send: the only draft ids that its tools and cards accept. */
  drafts: {
    draft_id: string;
    conversation_id: string;
    sub: string;
    /** What is known of the people that it was made for; absent for a draft that no run made. */
    dossier_sealed: Sealed | null;
  };
  approvals: {
    id: string;
    conversation_id: string;
    run_id: string | null;
    /** The tool call that proposed it: a node that runs again after a crash finds it instead of asking twice. */
    call_id: string | null;
    sub: string;
    approver: string;
    state: string;
    digest: string;
    /** Of the contents alone: a denial holds for the same words in another draft. */
    content_digest: string;
    code: string;
    /** The first draft; the action names all. */
    draft_id: string;
    action_sealed: Sealed;
    /** One mail's bytes, or the bytes of each of a bundle. */
    raw_sealed: Sealed;
    /** Where each name comes from and what was warned of, for each deed. */
    judged_sealed: Sealed | null;
    /** `authorization_details` as sent. */
    request_sealed: Sealed | null;
    /** While `approved`: until when it is held, or 0. While `executing`: when it counts as stranded. While `unknown`: when reading Gmail is conclusive. */
    lease_until: number;
    /** When the phone was asked last, or will be. */
    pushed_at: number | null;
    pushes: number;
    /** How often it was taken for execution. */
    attempts: number;
    requested_at: string;
    expires_at: string;
    ended_at: string | null;
    detail: string | null;
    /** What execution did so far, as JSON without content. */
    effect: string | null;
    /** The request that this one is a further approver's part of; `sub` and `approver` are that person. */
    second_of: string | null;
    /** Of a first: who else is asked, and where each stands. Of a further one: who asks, and why. */
    eyes_sealed: Sealed | null;
  };
  /** What is to be done at Auth0 and when: one narrow row for each approval that has a push or a poll ahead of it. */
  queue: {
    approval_id: string;
    sub: string;
    kind: string;
    due_at: number;
    interval_ms: number;
    expires_at: number;
    auth_req_sealed: Sealed | null;
  };
  /** Who has a panel open, in any process, until when. */
  panels: { sub: string; open_until: number };
  /** Requests that the tenant still allows at a moment. */
  buckets: { name: string; tokens: number; at: number };
  /** Single use of a grant: the `jti` of each CIBA token that was accepted. */
  grants: { jti: string; approval_id: string };
  /** `sub` and `kind` are the entry's, for the views: the chain is of `entry`. */
  audit: {
    seq: number;
    at: string;
    entry: string;
    prev: string;
    hash: string;
    sub: string;
    kind: string;
  };
  /** The last row of the chain: its lock puts those who append in a row. */
  audit_head: { id: number; seq: number; hash: string };
  /** Where the chain begins, once rows were removed by their age: a signed line of an export. */
  audit_anchor: { id: number; line: string };
  /** Sign-ins that have their row. Seconds since the epoch. */
  sign_ins: { sub: string; since: number };
  /** What Google granted when it was last looked at, as its row says it. */
  google_access: { sub: string; scopes: string };
  /** What is kept whatever expires or is deleted: a person's or one conversation. */
  holds: { id: string; kind: string; target: string; since: string };
  /** What a person set for themselves. */
  settings: { sub: string; body_sealed: Sealed };
  /** A person's own mail templates. */
  templates: { id: string; sub: string; body_sealed: Sealed; updated_at: string };
  /** When a tool last borrowed a Google token for a person: to the minute. */
  tool_uses: { sub: string; tool: string; at: string };
  /** A bearer issued in this second or before is signed out. Seconds since the epoch. */
  sign_outs: { sub: string; before: number };
  /** Who has connected which mailbox, as Google named it last: an invitation finds its person by it. */
  people: { sub: string; address_hash: string; address_sealed: Sealed };
  rooms: {
    id: string;
    /** Wrapped by the master key; gone with the row. */
    key_wrapped: Sealed;
    /** Details and roles. */
    body_sealed: Sealed;
    state: string;
    /** Which wall it stands at, and on which side: hashes. */
    wall: string | null;
    wall_side: string | null;
    /** Counts every move of the room, its members and its threads. */
    version: number;
    created_at: string;
    /** As of the last thread that was added or removed; absent where none was since there is this column. */
    thread_count: number | null;
  };
  room_members: {
    id: string;
    room_id: string;
    /** Absent while only invited. */
    sub: string | null;
    /** Under the server's key for invitations, so that a sign-in finds it in every room. */
    address_hash: string;
    address_sealed: Sealed;
    role: string;
    since: string;
    /** Until when somebody else stands in for them, and who. */
    away_sealed: Sealed | null;
  };
  /** Threads of a room. */
  room_threads: { id: string; room_id: string; title_sealed: Sealed; added_at: string };
  /** Messages of those threads: their RFC Message-IDs, hashed under the room's key. */
  room_messages: {
    room_id: string;
    hash: string;
    link_id: string;
    /** The same under the server's key, so that it is found in all rooms at once; absent until the thread is seen again. */
    blind: string | null;
  };
  /** What members say that counterparties reached: proposals are their member's alone. */
  room_entries: {
    id: string;
    room_id: string;
    member_id: string;
    state: string;
    body_sealed: Sealed;
    at: string;
  };
  /** Documents of a room, known by what they hold. */
  room_documents: {
    id: string;
    room_id: string;
    tier: string;
    title_sealed: Sealed;
    added_at: string;
  };
  /** Each print of a document, and each place where it was marked, hashed under the room's key. */
  room_prints: { room_id: string; hash: string; document_id: string };
  /** Events on which something was begun under a room's rules: what all copies of one are known by, hashed under the server's key. */
  room_events: { room_id: string; blind: string };
  /** Conversations on a thread of a room: they go with the membership. */
  conversation_rooms: { conversation_id: string; room_id: string };
  /** Mail that a conversation holds something of: its RFC Message-IDs and those it refers to, hashed under the server's key. */
  conversation_mail: { conversation_id: string; blind: string };
  /** Rooms whose rules an approval was proposed under. */
  approval_rooms: { approval_id: string; room_id: string };
  /** What ends by age, as `keep/terms.ts` says it. Milliseconds since the epoch. */
  upkeep: { name: string; days: number; since: number; seen: number };
  meta: { key: string; value: Sealed };
  checkpoints: {
    thread_id: string;
    ns: string;
    id: string;
    parent_id: string | null;
    sub: string;
    body_sealed: Sealed;
  };
  /** The value of a channel at a version, stored once for all the checkpoints that have it. */
  checkpoint_values: {
    thread_id: string;
    ns: string;
    channel: string;
    version: string;
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
