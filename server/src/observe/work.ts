/**
 * What is seen of the server's work: a span and a duration for each piece, told in words of this list alone. No field of it admits an
 * object or a sentence, so mail text, a token or an address can't ride along; no field names a person.
 * Through OpenTelemetry's API, which does nothing until `start.ts` has loaded an SDK. Nothing is instrumented by itself: that would
 * record URLs with their queries, and headers.
 */
import { type Context, context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { RunOutcome } from "@vaultdesk/shared/event.ts";
import type { RunId } from "@vaultdesk/shared/id.ts";
import type { ToolName } from "@vaultdesk/shared/scope.ts";
import type { z } from "zod";

import { seconds } from "./metrics.ts";
import type { GoogleCall, Method, RouteTemplate } from "./templates.ts";

type Result = "ok" | "refused" | "broke";

export interface Work {
  request: { method: Method; route: RouteTemplate; status: number };
  /** `left`: to another process, by one that stops. */
  run: { run: RunId; outcome: z.infer<typeof RunOutcome> | "waiting" | "left" | "broke" };
  model: { result: Result };
  tool: { tool: ToolName | "none"; result: Result };
  vault: {
    result: "ok" | "not_connected" | "reconnect" | "throttled" | "misconfigured" | "down" | "broke";
  };
  /** `status` 0: no answer. */
  google: { call: GoogleCall; status: number };
  ciba_push: { result: "ok" | "not_enrolled" | "too_many" | "refused" | "down" | "broke" };
  ciba_poll: {
    result: "pending" | "slow_down" | "access_denied" | "token" | "dead" | "unreachable" | "broke";
  };
  transaction: { result: "committed" | "rolled_back" };
}

export type Kind = keyof Work;
export type Facts<K extends Kind> = Partial<Work[K]>;

/** Of spans only: each would be a series of its own. */
const SPAN_ONLY = new Set(["run"]);

const OUTWARD: ReadonlySet<Kind> = new Set(["model", "vault", "google", "ciba_push", "ciba_poll"]);

type Words = Readonly<Record<string, string | number>>;

function prefixed(facts: object): Words {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [`vaultdesk.${key}`, value]),
  );
}

/** How long it took, in seconds, without a span. */
export function timed<K extends Kind>(kind: K, facts: Facts<K>, took: number): void {
  const labels = Object.entries(facts).filter(([key]) => !SPAN_ONLY.has(key));
  seconds(`vaultdesk.${kind}.duration.seconds`).record(took, Object.fromEntries(labels));
}

/** A span round `work`, which learns its facts as it goes. What it throws is passed on, and never told. */
export function spanned<K extends Kind, T>(
  kind: K,
  facts: Facts<K>,
  work: (learn: (more: Facts<K>) => void) => Promise<T>,
  parent: Context = context.active(),
): Promise<T> {
  const span = trace.getTracer("vaultdesk").startSpan(
    kind,
    {
      attributes: prefixed(facts),
      kind: OUTWARD.has(kind) ? SpanKind.CLIENT : SpanKind.INTERNAL,
    },
    parent,
  );
  const learn = (more: Facts<K>) => {
    span.setAttributes(prefixed(more));
  };
  return context.with(trace.setSpan(parent, span), async () => {
    try {
      return await work(learn);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Both. */
export function observed<K extends Kind, T>(
  kind: K,
  facts: Facts<K>,
  work: (learn: (more: Facts<K>) => void) => Promise<T>,
): Promise<T> {
  return spanned(kind, facts, async (learn) => {
    const start = performance.now();
    let known = facts;
    try {
      return await work((more) => {
        known = { ...known, ...more };
        learn(more);
      });
    } finally {
      timed(kind, known, (performance.now() - start) / 1000);
    }
  });
}
