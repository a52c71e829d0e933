/**
 * Everything VaultDesk knows of Gmail's page: ordered candidates, each with the date it was last seen to fit.
 * Candidates are tried one by one and never joined with commas: document order would beat rank.
 */

export interface Candidate {
  css: string;
  /** ISO date of the newest capture or public report in which it fitted. */
  seen: string;
}

export const THREAD_HEADING: readonly Candidate[] = [
  // Without `h2` the list rows match too.
  { css: "h2[data-legacy-thread-id]", seen: "2026-08-01" },
  { css: "h2[data-thread-perm-id]", seen: "2023-08-01" },
];

export const MESSAGE: readonly Candidate[] = [
  { css: "[data-legacy-message-id]", seen: "2026-08-01" },
  { css: "[data-message-id]", seen: "2026-01-09" },
];

/** A message's row, collapsed ones included; those carry no id. */
export const MESSAGE_ROW: readonly Candidate[] = [{ css: "[role=listitem]", seen: "2024-08-01" }];

export const MAIN: readonly Candidate[] = [{ css: "[role=main]", seen: "2024-08-01" }];

export const ACCOUNT_LINK: readonly Candidate[] = [
  { css: 'a[href*="accounts.google.com/SignOutOptions"][aria-label*="@"]', seen: "2026-08-01" },
  { css: 'a[aria-label^="Google Account"][aria-label*="@"]', seen: "2026-08-01" },
];

/** The flex row in which Gmail's own columns stand. */
export const DOCK: readonly Candidate[] = [
  { css: ".aqk.aql.bkL", seen: "2024-08-01" },
  { css: ".aqk.bkL", seen: "2024-08-01" },
];

export const RAIL: readonly Candidate[] = [
  { css: ".aUx", seen: "2026-08-01" },
  { css: ".brC-aT5-aOt-Jw", seen: "2025-01-01" },
];

export const FRAME_TEXT: readonly Candidate[] = [{ css: ".aio", seen: "2026-06-01" }];
export const BODY_BACKGROUND: readonly Candidate[] = [{ css: ".bkK > .nH", seen: "2026-06-01" }];

export type Found<T> = { found: true; value: T; by: string } | { found: false };

export const notFound: Found<never> = { found: false };

/** The first element, by rank and then by document order, that passes. */
export function first<E extends Element>(
  root: ParentNode,
  candidates: readonly Candidate[],
  kind: new () => E,
  passes: (element: E) => boolean = () => true,
): Found<E> {
  for (const { css } of candidates) {
    for (const element of root.querySelectorAll(css)) {
      if (element instanceof kind && passes(element))
        return { found: true, value: element, by: css };
    }
  }
  return notFound;
}
