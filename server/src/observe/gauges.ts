/** What is read when somebody asks for the metrics: how the event loop fares, and how much waits. */
import { monitorEventLoopDelay } from "node:perf_hooks";

import { metrics } from "@opentelemetry/api";

/** Milliseconds between two looks at the event loop. */
const RESOLUTION = 20;

/** `waiting`: approvals that wait for a phone, of all processes on this store. */
export function registerGauges(of: { waiting(): Promise<number> }): void {
  const meter = metrics.getMeter("vaultdesk");
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  meter
    .createObservableGauge("vaultdesk.event_loop.delay.seconds", { unit: "s" })
    .addCallback((gauge) => {
      // What a timer is late for, not the time it was set for; nothing measured yet is no delay.
      const late = (at: number) => Math.max(0, delay.percentile(at) / 1e9 - RESOLUTION / 1000);
      gauge.observe(late(50), { quantile: "0.5" });
      gauge.observe(late(99), { quantile: "0.99" });
      gauge.observe(late(100), { quantile: "1" });
      delay.reset();
    });
  meter.createObservableGauge("vaultdesk.approvals.waiting").addCallback(async (gauge) => {
    gauge.observe(await of.waiting());
  });
}
