/** A person's own rows of the audit trail, newest first, under a seal that says they are in the chain. Another's rows are not even counted. */
import { routes } from "@vaultdesk/shared/api.ts";
import {
  AUDIT_KINDS,
  AuditGroup,
  type AuditPage,
  isAuditKind,
  sealedText,
} from "@vaultdesk/shared/audit.ts";
import { ApprovalId } from "@vaultdesk/shared/id.ts";
import { Hono } from "hono";
import { z } from "zod";

import { type AppEnv, reply } from "../http.ts";
import type { Db } from "../store/schema.ts";
import { append } from "./append.ts";
import type { Signer } from "./export.ts";
import { extractLines, extractTable } from "./extract.ts";

const PAGE = 50;
/** Of one file that a person saves. */
const FILE_ROWS = 20_000;

interface Wanted {
  group?: AuditGroup | undefined;
  /** The moves of this one, from first to last on one page. */
  approval?: ApprovalId | undefined;
  /** Rows with a lower number. */
  before?: number | undefined;
  /** Rows of before this time, ISO 8601. */
  until?: string | undefined;
}

export interface Trail {
  page(sub: string, wanted: Wanted): Promise<AuditPage>;
  /** All of a person's rows as a table; taking them is a row too. */
  table(sub: string): Promise<string>;
}

function kindsOf(group: AuditGroup): string[] {
  return Object.keys(AUDIT_KINDS).filter(
    (kind) => isAuditKind(kind) && AUDIT_KINDS[kind].group === group,
  );
}

export function createTrail(db: Db, signer: Signer, now: () => Date): Trail {
  async function sealed(
    sub: string,
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
    const signature = signer.signText(sealedText(sub, head, rows));
    return { rows: [...rows], seal: { publicKey: signer.publicKey, head, signature } };
  }

  function rowsOf(sub: string, { group, approval, before, until }: Wanted, limit: number) {
    return db
      .selectFrom("audit")
      .select(["seq", "at", "entry", "prev", "hash"])
      .where("sub", "=", sub)
      .$if(group !== undefined, (query) => query.where("kind", "in", kindsOf(group ?? "records")))
      .$if(approval !== undefined, (query) =>
        query.where("entry", "like", `%"approvalId":"${approval}"%`),
      )
      .$if(before !== undefined, (query) => query.where("seq", "<", before ?? 0))
      .$if(until !== undefined, (query) => query.where("at", "<", until ?? ""))
      .orderBy("seq", "desc")
      .limit(limit)
      .execute();
  }

  return {
    async page(sub, wanted) {
      const found = await rowsOf(sub, wanted, PAGE + 1);
      const last = found.length > PAGE ? found[PAGE - 1] : undefined;
      const page = await sealed(sub, found.slice(0, PAGE));
      return { ...page, ...(last === undefined ? {} : { next: String(last.seq) }) };
    },

    async table(sub) {
      await db.transaction().execute((tx) =>
        append(tx, now().toISOString(), {
          kind: "audit.exported",
          sub,
          facts: { format: "csv" },
        }),
      );
      const found = (await rowsOf(sub, {}, FILE_ROWS)).toReversed();
      const { rows, seal } = await sealed(sub, found);
      return extractTable(extractLines(sub, rows, seal));
    },
  };
}

/** Of a query; what is none of these is as not said. */
const Query = z.object({
  group: AuditGroup.optional().catch(undefined),
  approval: ApprovalId.optional().catch(undefined),
  before: z.coerce.number().int().positive().optional().catch(undefined),
  until: z.iso.datetime().optional().catch(undefined),
});

export function trailRoutes(trail: Trail) {
  return new Hono<AppEnv>()
    .get(routes.audit.path, async (c) =>
      reply(c, routes.audit, await trail.page(c.var.principal.sub, Query.parse(c.req.query()))),
    )
    .post(routes.auditTable.path, async (c) =>
      reply(c, routes.auditTable, { table: await trail.table(c.var.principal.sub) }),
    );
}
