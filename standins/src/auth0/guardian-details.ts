/**
 * Auth0's `authorization_details` for the Guardian app: exactly one object of a registered type in the documented schema, or the person
 * would approve blind. Limits are those documented for CIBA's other channels. Pure.
 * Source: auth0.com/docs/get-started/apis/configure-rich-authorization-requests.
 */
import { z } from "zod";

const MAX_BYTES = 5 * 1024;
const MAX_PROPERTIES = 10;
const text = z.string().max(255);

const Property = z.discriminatedUnion("display", [
  z.strictObject({
    display: z.literal(true),
    name: text.min(1),
    display_order: z.int().min(1),
    value: text,
  }),
  z.strictObject({
    display: z.literal(false),
    name: text.optional(),
    display_order: z.int().min(1).optional(),
    value: text,
  }),
]);

export const GuardianDetails = z.strictObject({
  type: z.string(),
  instruction: text.min(1),
  properties: z
    .record(z.string().regex(/^[a-zA-Z0-9_.-]{1,255}$/), Property)
    .refine((all) => Object.keys(all).length <= MAX_PROPERTIES, "at most 10 properties"),
});
export type GuardianDetails = z.infer<typeof GuardianDetails>;

export type DetailsResult = { ok: true; details: GuardianDetails } | { ok: false; why: string };

export function readDetails(
  parameter: string | undefined,
  types: readonly string[],
): DetailsResult {
  if (parameter === undefined || parameter === "") {
    return { ok: false, why: "authorization_details is required" };
  }
  if (Buffer.byteLength(parameter) > MAX_BYTES) {
    return { ok: false, why: "authorization_details must not exceed 5 KB" };
  }
  let json: unknown;
  try {
    json = JSON.parse(parameter);
  } catch {
    return { ok: false, why: "authorization_details must be a JSON array" };
  }
  const list = z.array(z.unknown()).length(1).safeParse(json);
  if (!list.success) {
    return { ok: false, why: "authorization_details must be an array of exactly one object" };
  }
  const parsed = GuardianDetails.safeParse(list.data[0]);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.map(String).join(".") ?? "";
    return { ok: false, why: `authorization_details ${path}: ${issue?.message ?? "is malformed"}` };
  }
  if (!types.includes(parsed.data.type)) {
    return { ok: false, why: `authorization_details type "${parsed.data.type}" is not registered` };
  }
  return { ok: true, details: parsed.data };
}
