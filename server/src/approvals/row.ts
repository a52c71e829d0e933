/** An approval's row, opened and parsed. Content is sealed, each value bound to its own column. */
import { Action, deedsOf } from "@vaultdesk/shared/action.ts";
import {
  ApprovalState as State,
  ApprovalView,
  endingOf,
  OtherApprover,
  Outcome,
  secondEndingOf,
  succeeded,
} from "@vaultdesk/shared/approval.ts";
import { ApprovalId } from "@vaultdesk/shared/id.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import { judged as judgedShape, type Warning } from "@vaultdesk/shared/warning.ts";
import type { Selectable } from "kysely";
import { z } from "zod";

import type { Sealer } from "../store/keys.ts";
import type { Tables } from "../store/schema.ts";

export type Row = Selectable<Tables["approvals"]>;

const Request = z.object({ details: z.record(z.string(), z.unknown()) });
const Effects = z.array(Outcome);
const Raws = z.array(z.base64());
const JudgedDeeds = z.array(z.object(judgedShape));

const Other = OtherApprover.extend({ id: ApprovalId });
export type Other = z.infer<typeof Other>;
const Asker = ApprovalView.shape.asker.unwrap();
export type Asker = z.infer<typeof Asker>;

export interface Approval {
  view: ApprovalView;
  sub: string;
  approver: string;
  action: Action;
  /** The RFC 5322 bytes of each mail, in order; of other kinds there are none. */
  raws: readonly Buffer[];
  /** What was warned of before the phone was asked, for each deed. */
  warnings: readonly (readonly Warning[])[];
  /** One for each mail that was tried, in order. */
  outcomes: readonly Outcome[];
  /** `authorization_details` as sent; absent before the push. */
  details: Readonly<Record<string, unknown>> | undefined;
  pushes: number;
  attempts: number;
  leaseUntil: number;
  /** The request that this one is a part of: a yes to it is a condition, and it is never executed by itself. */
  secondOf: ApprovalId | undefined;
  /** All others that it needs have said yes. */
  agreed: boolean;
}

export function place(
  id: string,
  column: "action" | "raw" | "judged" | "request" | "eyes",
): string {
  return `approvals/${id}/${column}`;
}

/** The bytes of the one mail, or of a bundle's mails as a JSON list. */
export function packRaws(raws: readonly Buffer[]): Buffer {
  const [only, ...more] = raws;
  if (only !== undefined && more.length === 0) return only;
  return Buffer.from(JSON.stringify(raws.map((raw) => raw.toString("base64"))));
}

function unpackRaws(bytes: Buffer, action: Action): Buffer[] {
  if (action.kind === "email.send") return [bytes];
  if (action.kind !== "bundle") return [];
  return Raws.parse(parseJson(bytes.toString("utf8"))).map((raw) => Buffer.from(raw, "base64"));
}

export function readEffects(effect: string | null): Outcome[] {
  return effect === null ? [] : Effects.parse(parseJson(effect));
}

/** Who else is asked, of a first request. */
export function readOthers(
  row: Pick<Row, "id" | "second_of" | "eyes_sealed">,
  sealer: Sealer,
): Other[] {
  if (row.second_of !== null || row.eyes_sealed === null) return [];
  return z.array(Other).parse(parseJson(sealer.text(row.eyes_sealed, place(row.id, "eyes"))));
}

/** Who asks, of a further approver's request. */
export function readAsker(
  row: Pick<Row, "id" | "second_of" | "eyes_sealed">,
  sealer: Sealer,
): Asker | undefined {
  if (row.second_of === null || row.eyes_sealed === null) return undefined;
  return Asker.parse(parseJson(sealer.text(row.eyes_sealed, place(row.id, "eyes"))));
}

export function sealEyes(id: string, eyes: readonly Other[] | Asker, sealer: Sealer): Uint8Array {
  return sealer.seal(JSON.stringify(eyes), place(id, "eyes"));
}

export function readRow(row: Row, sealer: Sealer): Approval {
  const action = Action.parse(parseJson(sealer.text(row.action_sealed, place(row.id, "action"))));
  const deeds = deedsOf(action);
  const outcomes = readEffects(row.effect);
  const judged =
    row.judged_sealed === null
      ? []
      : JudgedDeeds.parse(parseJson(sealer.text(row.judged_sealed, place(row.id, "judged"))));
  const state = State.parse(row.state);
  const progress = { sent: outcomes.filter(succeeded).length, of: deeds.length };
  const others = readOthers(row, sealer);
  const agreed = others.every((other) => other.state === "approved");
  const asker = readAsker(row, sealer);
  const kind = deeds[0]?.kind ?? "email.send";
  const ending =
    asker === undefined
      ? endingOf(state, row.detail ?? "", progress, kind)
      : secondEndingOf(state, asker.who, row.detail ?? "", kind);
  return {
    view: ApprovalView.parse({
      id: row.id,
      conversationId: row.conversation_id,
      ...(row.run_id === null ? {} : { runId: row.run_id }),
      state,
      code: row.code,
      digest: row.digest,
      items: deeds.map((deed, index) => ({ ...deed, ...judged[index], outcome: outcomes[index] })),
      requestedAt: row.requested_at,
      ...(state === "proposed" && row.pushed_at !== null
        ? { askAt: new Date(row.pushed_at).toISOString() }
        : {}),
      expiresAt: row.expires_at,
      ...(state === "approved" && agreed && row.lease_until > 0
        ? { holdUntil: new Date(row.lease_until).toISOString() }
        : {}),
      ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
      ...(others.length === 0 ? {} : { others }),
      ...(asker === undefined ? {} : { asker }),
      ...(ending === "" ? {} : { ending }),
    }),
    sub: row.sub,
    approver: row.approver,
    action,
    raws: unpackRaws(sealer.bytes(row.raw_sealed, place(row.id, "raw")), action),
    warnings: judged.map(({ warnings = [] }) => warnings),
    outcomes,
    details:
      row.request_sealed === null
        ? undefined
        : Request.parse(parseJson(sealer.text(row.request_sealed, place(row.id, "request"))))
            .details,
    pushes: row.pushes,
    attempts: row.attempts,
    leaseUntil: row.lease_until,
    secondOf: row.second_of === null ? undefined : ApprovalId.parse(row.second_of),
    agreed,
  };
}
