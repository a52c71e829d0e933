/**
 * The one place that knows OpenTelemetry's SDK, loaded only where somebody listens: a collector (OTLP) or a scraper (`METRICS_PORT`).
 * No detectors: neither the machine's name nor the process's command line is told. Spans of other libraries are dropped.
 */
import { context, metrics, trace } from "@opentelemetry/api";
import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace";

export interface Seeing {
  /** An OTLP/HTTP collector's base address. */
  readonly collector: string | undefined;
  /** For the collector: a credential as a rule. */
  readonly collectorHeaders: Readonly<Record<string, string>>;
  /** Where `/metrics` is served, apart from the API. */
  readonly scrape: { readonly host: string; readonly port: number } | undefined;
}

/** Lets through what `work.ts` made. */
function ours(next: SpanProcessor): SpanProcessor {
  return {
    onStart: (span, parent) => {
      next.onStart(span, parent);
    },
    onEnd: (span: ReadableSpan) => {
      if (span.instrumentationScope.name === "vaultdesk") next.onEnd(span);
    },
    forceFlush: () => next.forceFlush(),
    shutdown: () => next.shutdown(),
  };
}

const SERVICE = { "service.name": "vaultdesk" };

async function startTraces({ collector, collectorHeaders }: Seeing): Promise<() => Promise<void>> {
  if (collector === undefined) return () => Promise.resolve();
  const [sdk, otlp, hooks, { resourceFromAttributes }] = await Promise.all([
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/context-async-hooks"),
    import("@opentelemetry/resources"),
  ]);
  const exporter = new otlp.OTLPTraceExporter({
    url: new URL("v1/traces", collector).href,
    headers: collectorHeaders,
  });
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes(SERVICE),
    spanProcessors: [ours(new sdk.BatchSpanProcessor({ exporter }))],
  });
  context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return () => provider.shutdown();
}

async function startMetrics(seeing: Seeing): Promise<() => Promise<void>> {
  const { collector, collectorHeaders, scrape } = seeing;
  const [sdk, { resourceFromAttributes }] = await Promise.all([
    import("@opentelemetry/sdk-metrics"),
    import("@opentelemetry/resources"),
  ]);
  const readers = [];
  if (collector !== undefined) {
    const { OTLPMetricExporter } = await import("@opentelemetry/exporter-metrics-otlp-http");
    const exporter = new OTLPMetricExporter({
      url: new URL("v1/metrics", collector).href,
      headers: collectorHeaders,
    });
    readers.push(new sdk.PeriodicExportingMetricReader({ exporter }));
  }
  if (scrape !== undefined) {
    const { PrometheusExporter } = await import("@opentelemetry/exporter-prometheus");
    const exporter = new PrometheusExporter({
      ...scrape,
      preventServerStart: true,
      withoutScopeInfo: true,
    });
    await exporter.startServer();
    readers.push(exporter);
  }
  const provider = new sdk.MeterProvider({ resource: resourceFromAttributes(SERVICE), readers });
  metrics.setGlobalMeterProvider(provider);
  return () => provider.shutdown();
}

/** Comes back with what ends it, once all that was seen is sent; with nothing where nobody watches. */
export async function startSeeing(seeing: Seeing): Promise<(() => Promise<void>) | undefined> {
  if (seeing.collector === undefined && seeing.scrape === undefined) return undefined;
  const ends = await Promise.all([startTraces(seeing), startMetrics(seeing)]);
  return async () => {
    await Promise.allSettled(ends.map((end) => end()));
    for (const api of [trace, metrics, context]) api.disable();
  };
}
