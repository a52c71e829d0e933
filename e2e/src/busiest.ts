/**
 * How long the extension's pages kept their thread in one piece. Time on the processor, from Chrome's own trace: a machine that is busy with
 * other things makes a task late, not long.
 */
import type { Page } from "@playwright/test";
import { z } from "zod";

const Event = z.object({
  name: z.string(),
  pid: z.number(),
  tid: z.number(),
  /** Microseconds on the processor. */
  tdur: z.number().optional(),
  args: z.looseObject({ name: z.unknown().optional() }).optional(),
});
const Trace = z.object({ traceEvents: z.array(Event) });

/** Milliseconds of the longest task while `work` went on. */
export async function busiest(page: Page, work: () => Promise<unknown>): Promise<number> {
  const browser = page.context().browser();
  if (browser === null) throw new Error("this browser can't be traced");
  await browser.startTracing(page, { categories: ["toplevel"] });
  await work();
  const { traceEvents } = Trace.parse(JSON.parse((await browser.stopTracing()).toString()));
  const called = (kind: string, name: string) =>
    traceEvents.filter((event) => event.name === kind && event.args?.name === name);
  const ours = new Set(called("process_name", "Extension Renderer").map(({ pid }) => pid));
  const mains = new Set(
    called("thread_name", "CrRendererMain").map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) =>
      name === "ThreadControllerImpl::RunTask" && ours.has(pid) && mains.has(`${pid} ${tid}`),
  );
  if (tasks.length === 0) throw new Error("the trace has no task of the extension");
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}
