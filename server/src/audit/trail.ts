/**
 * Rows of the audit trail, newest first, under a seal that says they are in the chain: a person's own, or those of a deal room. Another's
 * are not even counted.
 */
import { routes } from "@vaultdesk/shared/api.ts";
import {
  AUDIT_KINDS,
  AuditGroup,
  type AuditPage,
  isAuditKind,
  roomSubject,
  sealedText,
} from "@vaultdesk/shared/audit.ts";
import { ApprovalId, type RoomId } from "@vaultdesk/shared/id.ts";
import { Hono } from "hono";
import { type RawBuilder, sql, type SqlBool } from "kysely";
import { z } from "zod";

import { type AppEnv, reply } from "../http.ts";
import { inEntry } from "../store/in-entry.ts";
import type { Store } from "../store/open.ts";
import { append } from "./append.ts";
import type { Signer } from "./export.ts";
import { extractLines, extractTable } from "./extract.ts";

const PAGE = 50;
/** Of one file that a person saves. */
const FILE_ROWS = 20_000;

/** A person, or a deal room: what was done to it, and what was asked under its rules. */
type Whose = { sub: string } | { roomId: RoomId };

export interface Wanted {
  group?: AuditGroup | undefined;
  /** The moves of this one, from first to last on one page. */
  approval?: ApprovalId | undefined;
  /** Rows with a lower number. */
  before?: number | undefined;
  /** Rows of before this time, ISO 8601. */
  until?: string | undefined;
}

export interface Trail {
  page(whose: Whose, wanted: Wanted): Promise<AuditPage>;
  /** All of them as a table; that `by` took them is a row too. */
  table(whose: Whose, by: string): Promise<string>;
}

const subjectOf = (whose: Whose) => ("sub" in whose ? whose.sub : roomSubject(whose.roomId));

function kindsOf(group: AuditGroup): string[] {
  return Object.keys(AUDIT_KINDS).filter(
    (kind) => isAuditKind(kind) && AUDIT_KINDS[kind].group === group,
  );
}

export function createTrail(
  { db, kind }: Pick<Store, "db" | "kind">,
  signer: Signer,
  now: () => Date,
): Trail {
  function isOf(whose: Whose): RawBuilder<SqlBool> {
    if ("sub" in whose) return sql`sub = ${whose.sub}`;
    const { roomId } = whose;
    return sql`seq in (
      select seq from audit where ${inEntry(kind, "roomId")} = ${roomId} union all
      select seq from approval_rooms join audit on ${inEntry(kind, "approvalId")} = approval_rooms.approval_id
        where approval_rooms.room_id = ${roomId})`;
  }

  async function sealed(
    whose: Whose,
    found: readonly AuditPage["rows"][number][],
  ): Promise<AuditPage> {
    const { seq, hash } = await db
      .selectFrom("audit_head")
      .select(["seq", "hash"])
      .where("id", "=", 1)
      .executeTakeFirstOrThrow();
    const head = { seq, hash, at: now().toISOString() };
    // A row that was written since the head was read is not under it.
    const rows = found.filter((row) => row.seq <= seq);
    const signature = signer.signText(sealedText(subjectOf(whose), head, rows));
    return { rows: [...rows], seal: { publicKey: signer.publicKey, head, signature } };
  }

  function rowsOf(whose: Whose, { group, approval, before, until }: Wanted, limit: number) {
    return db
      .selectFrom("audit")
      .select(["seq", "at", "entry", "prev", "hash"])
      .where(isOf(whose))
      .$if(group !== undefined, (query) => query.where("kind", "in", kindsOf(group ?? "records")))
      .$if(approval !== undefined, (query) =>
        query.where(inEntry(kind, "approvalId"), "=", approval),
      )
      .$if(before !== undefined, (query) => query.where("seq", "<", before ?? 0))
      .$if(until !== undefined, (query) => query.where("at", "<", until ?? ""))
      .orderBy("seq", "desc")
      .limit(limit)
      .execute();
  }

  return {
    async page(whose, wanted) {
      const found = await rowsOf(whose, wanted, PAGE + 1);
      const last = found.length > PAGE ? found[PAGE - 1] : undefined;
      const page = await sealed(whose, found.slice(0, PAGE));
      return { ...page, ...(last === undefined ? {} : { next: String(last.seq) }) };
    },

    async table(whose, by) {
      await db.transaction().execute((tx) =>
        append(tx, now().toISOString(), {
          kind: "audit.exported",
          sub: by,
          ...("roomId" in whose ? { roomId: whose.roomId } : {}),
          facts: { format: "csv" },
        }),
      );
      const found = (await rowsOf(whose, {}, FILE_ROWS)).toReversed();
      const { rows, seal } = await sealed(whose, found);
      return extractTable(extractLines(subjectOf(whose), rows, seal));
    },
  };
}

/** Of a query; what is none of these is as not said. */
export const Query = z.object({
  group: AuditGroup.optional().catch(undefined),
  approval: ApprovalId.optional().catch(undefined),
  before: z.coerce.number().int().positive().optional().catch(undefined),
  until: z.iso.datetime().optional().catch(undefined),
});

export function trailRoutes(trail: Trail) {
  return new Hono<AppEnv>()
    .get(routes.audit.path, async (c) =>
      reply(
        c,
        routes.audit,
        await trail.page({ sub: c.var.principal.sub }, Query.parse(c.req.query())),
      ),
    )
    .post(routes.auditTable.path, async (c) =>
      reply(c, routes.auditTable, {
        table: await trail.table({ sub: c.var.principal.sub }, c.var.principal.sub),
      }),
    );
}
