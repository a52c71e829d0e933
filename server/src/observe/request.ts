/** Which request a piece of work belongs to: an id of ours for each, which log lines carry, and the panel's trace where it names one. */
import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";

import { type Context, context, trace, TraceFlags } from "@opentelemetry/api";
import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";

import { methodOf, routeTemplate } from "./templates.ts";
import { spanned, timed } from "./work.ts";

const current = new AsyncLocalStorage<string>();

/** Of the request that this is done for. */
export function requestFacts(): { request?: string; trace?: string } {
  const request = current.getStore();
  const span = trace.getActiveSpan()?.spanContext().traceId;
  return {
    ...(request === undefined ? {} : { request }),
    ...(span === undefined ? {} : { trace: span }),
  };
}

/** Takes the request along to where its context would be lost. */
export function carried(): <T>(work: () => T) => T {
  const request = current.getStore();
  const active = context.active();
  return (work) =>
    context.with(active, () => (request === undefined ? work() : current.run(request, work)));
}

/** Outermost: every request is named and counted, whoever sent it. */
export function countRequests(): MiddlewareHandler {
  return (c, next) =>
    current.run(randomBytes(6).toString("hex"), async () => {
      const start = performance.now();
      await next();
      timed(
        "request",
        {
          method: methodOf(c.req.method),
          route: routeTemplate(routePath(c, -1)),
          status: c.res.status,
        },
        (performance.now() - start) / 1000,
      );
    });
}

/** W3C Trace Context, section 3.2; ids of zeros are invalid. */
const PARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}$/;

function traceOf(header: string | undefined): Context {
  const [, traceId, spanId] = PARENT.exec(header ?? "") ?? [];
  if (traceId === undefined || spanId === undefined) return context.active();
  const parent = { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
  return trace.setSpanContext(context.active(), parent);
}

/** After the caller is proven: a stranger's trace id is not taken, and a refusal costs no span. */
export function traceRequests(): MiddlewareHandler {
  return (c, next) =>
    spanned(
      "request",
      { method: methodOf(c.req.method), route: routeTemplate(routePath(c, -1)) },
      async (learn) => {
        await next();
        learn({ status: c.res.status });
      },
      traceOf(c.req.header("traceparent")),
    );
}
