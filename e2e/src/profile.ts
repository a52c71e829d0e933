/** How long one script keeps a page's thread, by the sampling profiler: work that calls into the browser counts as its caller's. */
import type { CDPSession } from "@playwright/test";

interface Node {
  id: number;
  callFrame: { url: string };
  children?: number[];
}

interface Profile {
  nodes: readonly Node[];
  samples?: readonly number[];
  timeDeltas?: readonly number[];
}

const MICROSECONDS = 200;

/** The longest stretch, in ms, in which every sample had a frame of this script on its stack, and the sum of all of them. */
export function stretchesOf(profile: Profile, script: string): { longest: number; all: number } {
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const ours = new Set<number>();
  const mark = (node: Node, inherited: boolean) => {
    const is = inherited || node.callFrame.url.endsWith(script);
    if (is) ours.add(node.id);
    for (const child of node.children ?? []) {
      const next = byId.get(child);
      if (next !== undefined) mark(next, is);
    }
  };
  const [root] = profile.nodes;
  if (root !== undefined) mark(root, false);
  let [longest, all, now] = [0, 0, 0];
  for (const [at, id] of (profile.samples ?? []).entries()) {
    const took = (profile.timeDeltas?.[at + 1] ?? 0) / 1000;
    now = ours.has(id) ? now + took : 0;
    if (ours.has(id)) all += took;
    longest = Math.max(longest, now);
  }
  return { longest, all };
}

export async function profiled(devtools: CDPSession, work: () => Promise<void>): Promise<Profile> {
  await devtools.send("Profiler.enable");
  await devtools.send("Profiler.setSamplingInterval", { interval: MICROSECONDS });
  await devtools.send("Profiler.start");
  await work();
  const { profile } = await devtools.send("Profiler.stop");
  return profile;
}

/** Bytes of live JavaScript objects. */
export async function heapOf(devtools: CDPSession): Promise<number> {
  // What the first collection lets go of may hold what only the second can.
  for (let turn = 0; turn < 3; turn += 1) await devtools.send("HeapProfiler.collectGarbage");
  return (await devtools.send("Runtime.getHeapUsage")).usedSize;
}
