/**
 * Sets a tenant up: read, plan, apply, and read again until nothing is left to do. What only a person can do is said and waited for. It may
 * be broken off anywhere and run again: what is to be done is always told from the tenant itself.
 */
import { applySteps } from "./apply.ts";
import type { Found } from "./found.ts";
import type { Installation } from "./installation.ts";
import type { Failure, Management } from "./management.ts";
import { type Need, needsOf, notKept } from "./needs.ts";
import { planOf } from "./plan.ts";
import { readTenant } from "./read.ts";
import type { Step } from "./step.ts";

export type SetupEnd =
  /** Everything is as wanted, and was read back. */
  | { state: "done"; found: Found }
  /** Everything that a program can do is done. */
  | { state: "needs"; found: Found; needs: readonly Need[] }
  /** A dry run: what would be done. */
  | { state: "planned"; steps: readonly Step[]; needs: readonly Need[] }
  | { state: "unread"; failures: readonly Failure[] }
  | { state: "stopped"; step: Step; failure: Failure };

export interface SetupOptions {
  dryRun: boolean;
  /** How long a person is waited for; 0: not at all. */
  waitMs: number;
  pause: (ms: number) => Promise<unknown>;
  tell: {
    done: (step: Step) => void;
    /** Needs that were not told before. */
    needs: (needs: readonly Need[]) => void;
  };
}

const POLL_MS = 10_000;

export async function setUp(
  management: Management,
  installation: Installation,
  { dryRun, waitMs, pause, tell }: SetupOptions,
): Promise<SetupEnd> {
  const told = new Set<string>();
  const applied = new Set<string>();
  let waited = 0;
  for (;;) {
    const read = await readTenant(management, installation);
    if (!read.ok) return { state: "unread", failures: read.failures };
    const { found } = read;
    const steps = planOf(found, installation);
    const needs = needsOf(found, installation);
    if (dryRun) return { state: "planned", steps, needs };

    const lost = steps.filter((step) => applied.has(keyOf(step)));
    if (lost.length > 0) needs.push(notKept(lost.map(titleOf), installation));
    const next = steps.filter((step) => !lost.includes(step));
    if (next.length > 0) {
      const result = await applySteps(management, next, tell.done);
      if (!result.ok) return { state: "stopped", ...result };
      for (const step of next) applied.add(keyOf(step));
      continue;
    }
    if (needs.length === 0) return { state: "done", found };
    if (waited >= waitMs) return { state: "needs", found, needs };
    const fresh = needs.filter((need) => !told.has(need.id));
    if (fresh.length > 0) tell.needs(fresh);
    for (const need of fresh) told.add(need.id);
    await pause(POLL_MS);
    waited += POLL_MS;
  }
}

const titleOf = (step: Step): string => `${step.verb} ${step.what}`;

/** The same step about the same properties. */
const keyOf = (step: Step): string =>
  JSON.stringify([step.verb, step.what, step.changes.map((change) => change.field)]);
