/** How what was found differs from what is wanted, property by property. Pure. */
import type { Fields } from "./wanted.ts";

export interface Change {
  field: string;
  from: unknown;
  to: unknown;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Lists are sets; an object holds what is wanted of it and may hold more; nothing and null are the same. */
export function holds(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(found) &&
      found.length === wanted.length &&
      wanted.every((one) => found.some((other) => holds(other, one)))
    );
  }
  if (isRecord(wanted)) {
    return (
      isRecord(found) && Object.entries(wanted).every(([key, value]) => holds(found[key], value))
    );
  }
  return (found ?? null) === (wanted ?? null);
}

export function changesOf(found: Fields, wanted: Fields): Change[] {
  return Object.entries(wanted)
    .filter(([field, to]) => !holds(found[field], to))
    .map(([field, to]) => ({ field, from: found[field], to }));
}

/** What is there, and of what is wanted that which is missing, told apart by `key`. */
export function withMissing<T extends Fields>(
  found: readonly Fields[],
  wanted: readonly T[],
  key: keyof T & string,
): readonly Fields[] {
  const missing = wanted.filter((one) => !found.some((other) => other[key] === one[key]));
  return [...found, ...missing];
}
