/** What a person may set for themselves. A key that was never set has its default; later keys are added here. */
import { z } from "zod";

export const Settings = z.object({
  /** Drafts follow the person's own sent mail, read afresh each time. */
  voice: z.boolean().default(true),
});
export type Settings = z.infer<typeof Settings>;

/** Only what is named changes. */
export const SettingsChange = z.strictObject({ voice: z.boolean().optional() });
export type SettingsChange = z.infer<typeof SettingsChange>;
