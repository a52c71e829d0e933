/** An approval's row, opened and parsed. Content and `auth_req_id` are sealed, each bound to its own column. */
import { Action } from "@vaultdesk/shared/action.ts";
import { ApprovalState as State, ApprovalView, endingOf } from "@vaultdesk/shared/approval.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import type { Selectable } from "kysely";
import { z } from "zod";

import type { Sealer } from "../store/keys.ts";
import type { Tables } from "../store/schema.ts";

export type Row = Selectable<Tables["approvals"]>;

const Request = z.object({
  authReqId: z.string(),
  intervalMs: z.number(),
  details: z.record(z.string(), z.unknown()),
});
export type Request = z.infer<typeof Request>;

export const Effect = z.object({ messageId: z.string(), threadId: z.string() });
const Changed = z.object({ changed: z.array(z.string()) });

export interface Approval {
  view: ApprovalView;
  sub: string;
  approver: string;
  action: Action;
  raw: Buffer;
  request: Request | undefined;
}

export function place(id: string, column: string): string {
  return `approvals/${id}/${column}`;
}

export function readRow(row: Row, sealer: Sealer): Approval {
  const action = Action.parse(parseJson(sealer.text(row.action_sealed, place(row.id, "action"))));
  const effect = row.effect === null ? undefined : parseJson(row.effect);
  const sent = Effect.safeParse(effect);
  const changed = Changed.safeParse(effect);
  const state = State.parse(row.state);
  const ending = endingOf(state, row.detail ?? "");
  return {
    view: ApprovalView.parse({
      id: row.id,
      conversationId: row.conversation_id,
      ...(row.run_id === null ? {} : { runId: row.run_id }),
      kind: action.kind,
      state,
      code: row.code,
      digest: row.digest,
      draftId: row.draft_id,
      content: action.content,
      requestedAt: row.requested_at,
      expiresAt: row.expires_at,
      ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
      ...(ending === "" ? {} : { ending }),
      ...(sent.success ? { sent: sent.data } : {}),
      ...(changed.success ? { changed: changed.data.changed } : {}),
    }),
    sub: row.sub,
    approver: row.approver,
    action,
    raw: sealer.bytes(row.raw_sealed, place(row.id, "raw")),
    request:
      row.request_sealed === null
        ? undefined
        : Request.parse(parseJson(sealer.text(row.request_sealed, place(row.id, "request")))),
  };
}
