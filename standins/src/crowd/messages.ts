/** What a load proof and the crowd's process say to each other. */
import { z } from "zod";

export const ToCrowd = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("approve"), subs: z.array(z.string()), everyMs: z.number() }),
  z.object({ kind: z.literal("stats") }),
  z.object({ kind: z.literal("reset") }),
  z.object({ kind: z.literal("bearers"), subs: z.array(z.string()) }),
]);
export type ToCrowd = z.infer<typeof ToCrowd>;

export const FromCrowd = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready"), env: z.record(z.string(), z.string()) }),
  /** Access tokens of panels, in the order of the people asked for. */
  z.object({ kind: z.literal("bearers"), tokens: z.array(z.string()) }),
  z.object({
    kind: z.literal("stats"),
    pending: z.number(),
    polls: z.number(),
    early: z.number(),
    late: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
    /** Of the people approved since the reset: milliseconds from the yes to the delivered mail. */
    delivered: z.array(z.number()),
    /** Of the same: milliseconds from the answer that brought the yes to the delivered mail. */
    worked: z.array(z.number()),
    /** Mails delivered in all. */
    outbox: z.number(),
  }),
]);
export type FromCrowd = z.infer<typeof FromCrowd>;
