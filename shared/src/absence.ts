/** Somebody of a deal room is away and named who stands in for them: asked instead, on their own phone. Pure. */
import { z } from "zod";

import { MemberId } from "./id.ts";

/** `until`: the day on which they are back, in their own zone. */
export const Absence = z.object({ until: z.iso.date(), delegate: MemberId });
export type Absence = z.infer<typeof Absence>;

export const StandsFor = z.object({ who: z.string(), until: z.iso.date() });
export type StandsFor = z.infer<typeof StandsFor>;

/** `3 Dec`, with the year where it is another than that of `now`. */
export function untilWords(day: string, now: Date): string {
  const at = new Date(`${day}T00:00:00Z`);
  const date = { day: "numeric", month: "short", timeZone: "UTC" } as const;
  const year = at.getUTCFullYear() === now.getUTCFullYear() ? {} : ({ year: "numeric" } as const);
  return new Intl.DateTimeFormat("en-GB", { ...date, ...year }).format(at);
}

/** As in "cara@... for ben@..., away until 3 Dec". */
export function standsForWords({ who, until }: StandsFor, now: Date): string {
  return `for ${who}, away until ${untilWords(until, now)}`;
}
