/** Events of a run -> what took how long. Pure; times are the server's, so a replay gives the same. */
import type { ConversationEvent } from "@vaultdesk/shared/event.ts";
import type { RunId } from "@vaultdesk/shared/id.ts";

export interface Lap {
  key: string;
  what: "model" | "tool" | "phone";
  /** Of a tool. */
  title: string;
  ok: boolean;
  /** Milliseconds since the epoch. */
  from: number;
  /** Absent while it goes on. */
  to: number | undefined;
}

export type Timelines = ReadonlyMap<RunId, readonly Lap[]>;

const MODEL = { what: "model", title: "", ok: true } as const;
const PHONE = { what: "phone", title: "", ok: true } as const;
/** A turn of the model that was over before anybody could see it is no lap. */
const LEAST_MS = 50;

function begin(laps: readonly Lap[], lap: Omit<Lap, "to">): Lap[] {
  // A server that came back after a crash may begin the same step again.
  return [...laps.filter(({ key }) => key !== lap.key), { ...lap, to: undefined }];
}

function end(laps: readonly Lap[], at: number, which: (lap: Lap) => boolean, ok = true): Lap[] {
  return laps.map((lap) => (lap.to === undefined && which(lap) ? { ...lap, to: at, ok } : lap));
}

const isModel = ({ what }: Lap) => what === "model";
const isPhone = ({ what }: Lap) => what === "phone";
const isAny = () => true;

function next(laps: readonly Lap[], { at, seq, body }: ConversationEvent): readonly Lap[] {
  const now = Date.parse(at);
  const model = { key: `model:${seq}`, ...MODEL, from: now };
  switch (body.type) {
    case "run.started":
      return begin([], model);
    case "step.started": {
      const { stepId: key, title } = body;
      return begin(end(laps, now, isModel), { key, what: "tool", title, ok: true, from: now });
    }
    case "step.ended": {
      const ended = end(laps, now, ({ key }) => key === body.stepId, body.ok);
      return ended.every((lap) => lap.to !== undefined) ? begin(ended, model) : ended;
    }
    case "run.waiting":
      return begin(end(laps, now, isModel), { key: `phone:${seq}`, ...PHONE, from: now });
    case "run.resumed":
      return begin(end(laps, now, isPhone), model);
    case "run.ended":
      return end(laps, now, isAny);
    case "text.delta":
    case "links.known":
    case "claim.withheld":
    case "citation.missing":
    case "terms.shown":
    case "draft.saved":
    case "approval.changed":
      return laps;
  }
}

export function timed(timelines: Timelines, event: ConversationEvent): Timelines {
  if (!("runId" in event.body) || event.body.runId === undefined) return timelines;
  const { runId } = event.body;
  const laps = timelines.get(runId) ?? [];
  const then = next(laps, event);
  return then === laps ? timelines : new Map(timelines).set(runId, then);
}

export interface Row extends Lap {
  ms: number;
  /** Of the time that the server worked: 0 to 1. A wait for the phone takes none of it. */
  left: number;
  width: number;
}

export interface HowDone {
  rows: readonly Row[];
  workedMs: number;
  waitedMs: number;
}

/** How an ended run lies on its time. Waits for the phone are cut out of it: they would leave nothing of the rest to see. */
export function howDone(laps: readonly Lap[]): HowDone {
  const ended = laps.flatMap((lap) => {
    const { from, to } = lap;
    const ms = to === undefined ? -1 : to - from;
    return ms < 0 || (isModel(lap) && ms < LEAST_MS) ? [] : [{ ...lap, ms }];
  });
  const waits = ended.filter(isPhone);
  const waitedUntil = (at: number) =>
    waits.reduce((sum, { from, ms }) => sum + Math.max(0, Math.min(ms, at - from)), 0);
  const start = Math.min(...ended.map(({ from }) => from));
  const worked = (at: number) => at - start - waitedUntil(at);
  const workedMs = Math.max(0, ...ended.map(({ from, ms }) => worked(from + ms)));
  const share = (ms: number) => (workedMs === 0 ? 0 : ms / workedMs);
  const rows = ended.map((lap) => ({
    ...lap,
    left: share(worked(lap.from)),
    width: isPhone(lap) ? 0 : share(worked(lap.from + lap.ms) - worked(lap.from)),
  }));
  return { rows, workedMs, waitedMs: waits.reduce((sum, { ms }) => sum + ms, 0) };
}
