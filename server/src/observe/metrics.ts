/**
 * The instruments. The API's meter does nothing until an SDK is there, and an instrument made before that never does: each is made anew
 * for the provider of the moment.
 */
import {
  type Counter,
  type Histogram,
  type Meter,
  type MeterProvider,
  metrics,
  type UpDownCounter,
} from "@opentelemetry/api";
import type { ApprovalState } from "@vaultdesk/shared/approval.ts";

const meter = (): Meter => metrics.getMeter("vaultdesk");

/** From a millisecond to the longest run. */
const BOUNDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

function lasting<T>(make: (name: string) => T): (name: string) => T {
  const known = new WeakMap<MeterProvider, Map<string, T>>();
  return (name) => {
    const provider = metrics.getMeterProvider();
    const made = known.get(provider) ?? new Map<string, T>();
    known.set(provider, made);
    const held = made.get(name) ?? make(name);
    made.set(name, held);
    return held;
  };
}

/** A duration; its name says the unit, which not every exporter adds. */
export const seconds = lasting<Histogram>((name) =>
  meter().createHistogram(name, { unit: "s", advice: { explicitBucketBoundaries: BOUNDS } }),
);
const counter = lasting<Counter>((name) => meter().createCounter(name));
const level = lasting<UpDownCounter>((name) => meter().createUpDownCounter(name));

/** An approval came into this state. */
export function countApproval(state: ApprovalState): void {
  counter("vaultdesk.approvals").add(1, { state });
}

/** From the question to the model's first word. */
export function firstToken(took: number): void {
  seconds("vaultdesk.first_token.seconds").record(took);
}

export function countTokens(input: number, output: number): void {
  counter("vaultdesk.model.tokens").add(input, { direction: "in" });
  counter("vaultdesk.model.tokens").add(output, { direction: "out" });
}

/** How long after its time the next push or poll was taken up. */
export function pollLateness(late: number): void {
  seconds("vaultdesk.poll.lateness.seconds").record(late);
}

/** A panel reads events; call what comes back when it has gone. */
export function streamOpened(): () => void {
  level("vaultdesk.streams").add(1);
  return () => {
    level("vaultdesk.streams").add(-1);
  };
}
