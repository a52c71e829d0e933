/** One call of a Google method, as its handler sees it. Bodies are parsed with zod; what does not fit is Google's 400. */
import type { z } from "zod";

import type { Box } from "./box.ts";
import { invalid } from "./errors.ts";

export interface Call {
  box: Box;
  path: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: unknown;
  /** The If-Match header. */
  ifMatch?: string | undefined;
}

/** JSON to answer with; `undefined` is 204. */
export type Handler = (call: Call) => object | undefined | Promise<object | undefined>;
export type Handlers = Readonly<Record<string, Handler>>;

export function param(call: Call, name: string): string {
  return call.path[name] ?? "";
}

export function bodyOf<T extends z.ZodType>(call: Call, schema: T): z.output<T> {
  const parsed = schema.safeParse(call.body);
  if (!parsed.success)
    throw invalid(`Invalid JSON payload received. ${parsed.error.issues[0]?.path.join(".") ?? ""}`);
  return parsed.data;
}

/** A page of rows under `key`; an empty page has no key at all, as Gmail's. */
export function pageOf<T>(
  call: Call,
  rows: readonly T[],
  key: string,
  show: (row: T) => object,
): object {
  const start = Number(call.query.get("pageToken") ?? 0);
  const size = Math.min(500, Number(call.query.get("maxResults") ?? 100));
  const shown = rows.slice(start, start + size);
  return {
    ...(shown.length === 0 ? {} : { [key]: shown.map(show) }),
    ...(start + size < rows.length ? { nextPageToken: String(start + size) } : {}),
    resultSizeEstimate: rows.length,
  };
}
