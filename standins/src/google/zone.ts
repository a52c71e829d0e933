/** Instants and wall clocks of time zones by Intl: Node 24 has no Temporal yet. TODO [2027-06-01]: Temporal. */

/** Milliseconds ahead of UTC; `undefined` for a zone that does not exist. */
function offsetAt(zone: string, at: number): number | undefined {
  try {
    const named = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
    const text = named.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "";
    const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)/.exec(text) ?? [];
    const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
    return sign === "-" ? -size : size;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

export function isZone(zone: string): boolean {
  return offsetAt(zone, 0) !== undefined;
}

/** The instant at which clocks of the zone show `local` (`2026-11-03T10:00:00`). */
export function instantIn(zone: string, local: string): number {
  const shown = Date.parse(`${local}Z`);
  const near = shown - (offsetAt(zone, shown) ?? 0);
  return shown - (offsetAt(zone, near) ?? 0);
}

/** RFC 3339 without milliseconds and with the zone's offset, as Google writes times. */
export function writtenIn(zone: string, at: number): string {
  const offset = offsetAt(zone, at) ?? 0;
  const clock = new Date(at + offset).toISOString().slice(0, 19);
  if (offset === 0) return `${clock}Z`;
  const size = new Date(Math.abs(offset)).toISOString().slice(11, 16);
  return `${clock}${offset < 0 ? "-" : "+"}${size}`;
}
