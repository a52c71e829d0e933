/** The person's own audit rows, a page at a time, and what this computer makes of them. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { AuditGroup, AuditPage, AuditRow } from "@vaultdesk/shared/audit.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { useCallback, useEffect, useState } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { problemOf } from "../chat/failure.ts";
import { useRead } from "../use-read.ts";
import { type Checked, checkPages } from "./check.ts";
import { readSeen, writeSeen } from "./seen.ts";

export interface TrailFilter {
  group?: AuditGroup;
  /** Rows of before this time, ISO 8601. */
  until?: string;
  approval?: string;
}

export interface TrailControl {
  rows: readonly AuditRow[] | undefined;
  /** Absent while it is being checked. */
  checked: Checked | undefined;
  problem: Problem | undefined;
  again: () => Promise<void>;
  more: (() => Promise<void>) | undefined;
}

export function useTrail(
  call: Call,
  sub: string,
  { group, until, approval }: TrailFilter,
): TrailControl {
  const ask = useCallback(
    (before?: string) =>
      call(routes.audit, {
        ...(group === undefined ? {} : { group }),
        ...(until === undefined ? {} : { until }),
        ...(approval === undefined ? {} : { approval }),
        ...(before === undefined ? {} : { before }),
      }),
    [call, group, until, approval],
  );
  const first = useRead(useCallback(() => ask(), [ask]));
  const [added, setAdded] = useState<{ to: AuditPage; pages: readonly AuditPage[] }>();
  const [failed, setFailed] = useState<Problem>();
  const [judged, setJudged] = useState<{ of: AuditPage; checked: Checked }>();

  const start = first.value;
  const later = added !== undefined && added.to === start ? added.pages : [];
  const last = later.at(-1) ?? start;

  useEffect(() => {
    if (start === undefined || last === undefined) return undefined;
    let live = true;
    const judge = async () => {
      const checked = await checkPages(sub, [start, ...later], await readSeen(sub));
      if (checked.ok) await writeSeen(sub, start);
      if (live) setJudged({ of: last, checked });
    };
    detach(judge());
    return () => {
      live = false;
    };
    // `last` stands for all pages: one is added behind the others.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [sub, last]);

  const next = last?.next;
  return {
    rows: start === undefined ? undefined : [start, ...later].flatMap((page) => page.rows),
    checked: judged?.of === last ? judged?.checked : undefined,
    problem: failed ?? first.problem,
    again: first.again,
    more:
      start === undefined || next === undefined
        ? undefined
        : async () => {
            const reply = await ask(next);
            setFailed(reply.ok ? undefined : problemOf(reply.failure));
            if (reply.ok) setAdded({ to: start, pages: [...later, reply.value] });
          },
  };
}
