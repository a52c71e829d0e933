/** Lists of Google's of which one person may know only a part. */

export interface Page<R, T> {
  response: R;
  /** What of it may be known. */
  shown: readonly T[];
  next: string | undefined;
}

/**
 * As many as were asked for of what may be known, filled up from the pages that follow, and whether there are more of those: a count tells
 * of no others. `response` is the last page's.
 */
export async function filled<R, T>(
  most: number,
  page: (after: { pageToken?: string }) => Promise<Page<R, T>>,
): Promise<{ response: R; kept: T[]; more: { nextPageToken?: string } }> {
  const kept: T[] = [];
  let after: { pageToken?: string } = {};
  for (;;) {
    const { response, shown, next } = await page(after);
    kept.push(...shown);
    if (kept.length > most) {
      return { response, kept: kept.slice(0, most), more: { nextPageToken: "more" } };
    }
    if (next === undefined) return { response, kept, more: {} };
    after = { pageToken: next };
  }
}
