/** The person's own audit rows or those of a deal room, a page at a time, and what this computer makes of them. */
import { routes } from "@vaultdesk/shared/api.ts";
import {
  type AuditGroup,
  type AuditPage,
  type AuditRow,
  type RoomAuditPage,
  roomSubject,
} from "@vaultdesk/shared/audit.ts";
import type { RoomId } from "@vaultdesk/shared/id.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { useCallback, useEffect, useState } from "react";

import type { Call, Reply } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { problemOf } from "../chat/failure.ts";
import { useRead } from "../use-read.ts";
import { type Checked, checkPages } from "./check.ts";
import { readSeen, writeSeen } from "./seen.ts";

export interface TrailFilter {
  /** One that the person leads, instead of their own. */
  room?: RoomId;
  group?: AuditGroup;
  /** Rows of before this time, ISO 8601. */
  until?: string;
  approval?: string;
}

/** `people`: of a deal room. */
type TrailPage = AuditPage & Partial<Pick<RoomAuditPage, "people">>;

export interface TrailControl {
  rows: readonly AuditRow[] | undefined;
  /** The address of whoever did a thing in a deal room; absent of whoever is no member any more. */
  addressOf: (sub: string) => string | undefined;
  /** Absent while it is being checked. */
  checked: Checked | undefined;
  problem: Problem | undefined;
  again: () => Promise<void>;
  more: (() => Promise<void>) | undefined;
}

export function useTrail(
  call: Call,
  sub: string,
  { room, group, until, approval }: TrailFilter,
): TrailControl {
  const ask = useCallback(
    (before?: string): Promise<Reply<TrailPage>> => {
      const wanted = {
        ...(group === undefined ? {} : { group }),
        ...(until === undefined ? {} : { until }),
        ...(approval === undefined ? {} : { approval }),
        ...(before === undefined ? {} : { before }),
      };
      return room === undefined
        ? call(routes.audit, wanted)
        : call(routes.roomAudit, { id: room, ...wanted });
    },
    [call, room, group, until, approval],
  );
  const first = useRead(useCallback(() => ask(), [ask]));
  const [added, setAdded] = useState<{ to: TrailPage; pages: readonly TrailPage[] }>();
  const [failed, setFailed] = useState<Problem>();
  const [judged, setJudged] = useState<{ of: TrailPage; checked: Checked }>();

  const start = first.value;
  const later = added !== undefined && added.to === start ? added.pages : [];
  const last = later.at(-1) ?? start;

  const subject = room === undefined ? sub : roomSubject(room);

  useEffect(() => {
    if (start === undefined || last === undefined) return undefined;
    let live = true;
    const judge = async () => {
      const checked = await checkPages(subject, [start, ...later], await readSeen(subject));
      if (checked.ok) await writeSeen(subject, start);
      if (live) setJudged({ of: last, checked });
    };
    detach(judge());
    return () => {
      live = false;
    };
    // `last` stands for all pages: one is added behind the others.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [subject, last]);

  const pages = start === undefined ? [] : [start, ...later];
  const next = last?.next;
  return {
    rows: start === undefined ? undefined : pages.flatMap((page) => page.rows),
    addressOf: (one) =>
      pages.flatMap((page) => page.people ?? []).find((person) => person.sub === one)?.address,
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
