/** What a person may set for themselves. A key that was never set has its default; later keys are added here. */
import { z } from "zod";

const HoldSeconds = z.int().min(0).max(30);

export const Settings = z.object({
  /** Drafts follow the person's own sent mail, read afresh each time. */
  voice: z.boolean().default(true),
  /** After a yes on the phone: how long the panel can still stop it. */
  holdSeconds: HoldSeconds.default(0),
  /** The first run was ended or skipped. */
  welcomed: z.boolean().default(false),
});
export type Settings = z.infer<typeof Settings>;

/** Only what is named changes. */
export const SettingsChange = z.strictObject({
  voice: z.boolean().optional(),
  holdSeconds: HoldSeconds.optional(),
  welcomed: z.boolean().optional(),
});
export type SettingsChange = z.infer<typeof SettingsChange>;
