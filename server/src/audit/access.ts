/**
 * Rows for what no approval moves: who came in, what Google grants, what was kept from a phone. A sign-in and a grant have one row however
 * many requests tell of them, in any process: what was seen last is a row of its own, compared and set with the audit row.
 */
import type { Deed } from "@vaultdesk/shared/action.ts";
import type { ConversationId } from "@vaultdesk/shared/id.ts";
import type { ProblemCode } from "@vaultdesk/shared/problem.ts";
import type { ToolName } from "@vaultdesk/shared/scope.ts";

import type { Principal } from "../auth0/principal.ts";
import type { Db } from "../store/schema.ts";
import { append } from "./append.ts";

export interface Access {
  /** By a bearer, or by the sign-in that the extension names with it. */
  signedIn(principal: Pick<Principal, "sub" | "issuedAt">): Promise<void>;
  /** None: not connected, whoever took it back. */
  granted(sub: string, scopes: readonly string[]): Promise<void>;
  readonly wishRefused: (refused: {
    sub: string;
    conversationId: ConversationId;
    /** What was wished, or the tool that was called for it. */
    kind: Deed["kind"] | ToolName;
    reason: ProblemCode;
  }) => Promise<void>;
}

const SCOPE_BASE = "https://www.googleapis.com/auth/";
const REMEMBERED = 10_000;

export function createAccess(db: Db, now: () => Date): Access {
  /** A request costs no write and no read once its sign-in is known. */
  const known = new Set<string>();

  return {
    async signedIn({ sub, issuedAt: since }) {
      const key = `${since} ${sub}`;
      if (known.has(key)) return;
      await db.transaction().execute(async (tx) => {
        const first = await tx
          .insertInto("sign_ins")
          .values({ sub, since })
          .onConflict((conflict) => conflict.columns(["sub", "since"]).doNothing())
          .returning("sub")
          .executeTakeFirst();
        if (first === undefined) return;
        const at = now().toISOString();
        await append(tx, at, { kind: "session.signed_in", sub, facts: { since } });
      });
      if (known.size >= REMEMBERED) known.clear();
      known.add(key);
    },

    async granted(sub, granted) {
      const scopes = granted
        .map((scope) => scope.replace(SCOPE_BASE, ""))
        .toSorted()
        .join(" ");
      await db.transaction().execute(async (tx) => {
        const before = await tx
          .selectFrom("google_access")
          .select("scopes")
          .where("sub", "=", sub)
          .executeTakeFirst();
        // Who was never connected and is not has nothing to tell.
        if ((before?.scopes ?? "") === scopes) return;
        const changed = await tx
          .insertInto("google_access")
          .values({ sub, scopes })
          .onConflict((conflict) =>
            conflict
              .column("sub")
              .doUpdateSet({ scopes })
              .where("google_access.scopes", "<>", scopes),
          )
          .returning("sub")
          .executeTakeFirst();
        if (changed === undefined) return;
        const at = now().toISOString();
        await append(
          tx,
          at,
          scopes === ""
            ? { kind: "google.disconnected", sub, facts: {} }
            : { kind: "google.connected", sub, facts: { scopes } },
        );
      });
    },

    async wishRefused({ sub, conversationId, kind, reason }) {
      await db.transaction().execute((tx) =>
        append(tx, now().toISOString(), {
          kind: "wish.refused",
          sub,
          facts: { kind, reason, conversationId },
        }),
      );
    },
  };
}
