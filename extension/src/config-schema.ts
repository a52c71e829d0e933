/** The shape of config.json, which lies in the extension's root. Holds addresses and public ids, no secret. */
import { z } from "zod";

export const PackagedConfig = z.object({
  serverUrl: z.url({ protocol: /^https?$/ }),
  /** Host and, where it is not 443, port. */
  auth0Domain: z.string().regex(/^[a-z0-9.-]+(:\d+)?$/),
  auth0ClientId: z.string().min(1),
  auth0Audience: z.string().min(1),
});
export type PackagedConfig = z.infer<typeof PackagedConfig>;
