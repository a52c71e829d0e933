/** A line of a person's own log: one request to a phone and what became of it. */
import { z } from "zod";

import { ApprovalState, ApprovalView } from "./approval.ts";
import { Digest } from "./digest.ts";
import { ApprovalId } from "./id.ts";

export const ActivityRow = z.object({
  id: ApprovalId,
  state: ApprovalState,
  digest: Digest,
  requestedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  /** As on its card, without the texts. Absent once its conversation was deleted: nothing of its content is left. */
  approval: ApprovalView.optional(),
});
export type ActivityRow = z.infer<typeof ActivityRow>;
