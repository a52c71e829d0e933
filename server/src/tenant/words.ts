/** What set-up says. Aligned lines for a terminal; a secret is "changed" and nothing more. */
import type { Failure } from "./management.ts";
import type { Need } from "./needs.ts";
import type { Step } from "./step.ts";

const SECRET = /secret/i;

const DONE = { create: "created", change: "changed", delete: "deleted" } as const;

/** A step that is done. */
export const doneLine = (step: Step): string => `  ${DONE[step.verb]}  ${step.what}`;

/** One line for a step to come, and below it each property that changes. */
export function stepLines(step: Step): string[] {
  const title = `  ${step.verb.padEnd(7)} ${step.what}`;
  const width = Math.max(...step.changes.map((change) => change.field.length));
  return [
    title,
    ...step.changes.map(({ field, from, to }) => {
      const value = SECRET.test(field)
        ? "changed"
        : step.verb === "create"
          ? shown(to)
          : `${shown(from)} -> ${shown(to)}`;
      return `            ${field.padEnd(width)}  ${value}`;
    }),
  ];
}

const LONGEST = 160;

function shown(value: unknown): string {
  const text = JSON.stringify(value, (key, inner: unknown) =>
    SECRET.test(key) && typeof inner === "string" ? "changed" : inner,
  );
  if (value === undefined || value === null) return "none";
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}

export function needLines(needs: readonly Need[]): string[] {
  return needs.flatMap((need) => [
    `  - ${need.what}`,
    `    ${need.why}`,
    `    ${need.act}`,
    `    ${need.page}`,
  ]);
}

export function failureLine(failure: Failure): string {
  switch (failure.reason) {
    case "token":
      return "Auth0 does not take the token: it is over, or for another tenant. Get a new one.";
    case "scope":
      return `The token lacks the scope ${failure.scope}. Add it to the token's application, under its APIs.`;
    case "absent":
      return "Auth0 no longer has it: somebody removed it meanwhile. Run this again.";
    case "throttled":
      return "Auth0 takes no more requests for now. Run this again in a minute.";
    case "down":
      return `Auth0 did not answer${failure.status === undefined ? "" : ` (${failure.status})`}. Run this again: it goes on where it stopped.`;
    case "refused":
      return `Auth0 refused it (${failure.status}${failure.code === "" ? "" : ` ${failure.code}`}): ${failure.text}`;
  }
}
