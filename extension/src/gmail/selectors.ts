/**
 * Everything VaultDesk knows of Gmail's page: ordered candidates, each with the date it was last seen to fit.
 * Candidates are tried one by one and never joined with commas: document order would beat rank.
 */

export interface Candidate {
  css: string;
  /** ISO date of the newest capture or public report in which it fitted. */
  seen: string;
}

/** Where an open thread may stand: the main part, the pane beside a list, a window of its own. */
export const THREAD_PLACE: readonly Candidate[] = [
  { css: "[role=main]", seen: "2024-08-01" },
  { css: ".aia", seen: "2026-07-23" },
  { css: "body.xE.Su", seen: "2026-07-23" },
];

export const MAIN: readonly Candidate[] = [{ css: "[role=main]", seen: "2024-08-01" }];

export const THREAD_HEADING: readonly Candidate[] = [
  // Without `h2` the list rows match too.
  { css: "h2[data-legacy-thread-id]", seen: "2026-08-01" },
  { css: "h2[data-thread-perm-id]", seen: "2023-08-01" },
];

/** Carries the thread's decimal id in base64, where the heading has none. */
export const THREAD_LOG: readonly Candidate[] = [
  { css: "[role=list][jslog]", seen: "2023-08-01" },
  { css: ".ii.gt[jslog]", seen: "2025-08-01" },
];

/** A thread is open here, whether or not its id can be read. */
export const SUBJECT: readonly Candidate[] = [
  { css: "h2.hP", seen: "2025-11-10" },
  { css: ".ha h2", seen: "2025-11-10" },
];

export const MESSAGE: readonly Candidate[] = [
  { css: "[data-legacy-message-id]", seen: "2026-08-01" },
  { css: "[data-message-id]", seen: "2026-01-09" },
];

/** A message's row, folded ones included; those carry no id. */
export const MESSAGE_ROW: readonly Candidate[] = [{ css: "[role=listitem]", seen: "2024-08-01" }];

/** In a folded row: a click on it unfolds, and does nothing else. */
export const SENDER: readonly Candidate[] = [{ css: ".gD[email]", seen: "2025-08-01" }];

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

/** All elements that pass, by rank and then by document order. */
export function every<E extends Element>(
  root: ParentNode,
  candidates: readonly Candidate[],
  kind: new () => E,
  passes: (element: E) => boolean = () => true,
): { value: E; by: string }[] {
  return candidates.flatMap(({ css }) =>
    [...root.querySelectorAll(css)]
      .filter((element): element is E => element instanceof kind && passes(element))
      .map((value) => ({ value, by: css })),
  );
}

/** The first of them. */
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

export function fits(element: Element, candidates: readonly Candidate[]): boolean {
  return candidates.some(({ css }) => element.matches(css));
}

/** The nearest ancestor, or the element itself, that fits. */
export function around(element: Element, candidates: readonly Candidate[]): Element | undefined {
  return candidates.map(({ css }) => element.closest(css)).find((hit) => hit !== null) ?? undefined;
}
