/** The room's tracker: a card for each counterparty, what waits for the person, and the table to take away. */
import { routes } from "@vaultdesk/shared/api.ts";
import { boardOf } from "@vaultdesk/shared/tracker.ts";
import { type ReactElement, useCallback, useEffect, useEffectEvent, useState } from "react";

import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { problemOf } from "../chat/failure.ts";
import { ProblemCard } from "../chat/problem-card.tsx";
import { saveTable } from "../save-table.ts";
import { useChanged } from "../use-changed.ts";
import { useRead } from "../use-read.ts";
import { useVisible } from "../use-visible.ts";
import { BOARD, NDA_COUNTS } from "./board-words.ts";
import { Counterparty } from "./counterparty.tsx";
import type { InRoomProps } from "./one-room.tsx";
import { countsOf, isoDay } from "./track.ts";

/** What others say meanwhile. */
const AGAIN_MS = 20_000;

export function Board({ call, room, threadId, onMessage }: InRoomProps): ReactElement {
  const { id, details } = room;
  const [today] = useState(() => isoDay(new Date()));
  const tracker = useChanged(useCallback(() => call(routes.tracker, { id }), [call, id]));
  const silence = useRead(useCallback(() => call(routes.trackerSilence, { id }), [call, id]));
  const [unsaved, setUnsaved] = useState<ReturnType<typeof problemOf>>();
  const { value, problem: failed } = tracker;
  const visible = useVisible();
  const again = useEffectEvent(() => detach(tracker.again()));
  useEffect(() => {
    if (!visible) return undefined;
    const timer = setInterval(() => again(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [visible]);
  const problem = unsaved ?? failed;
  const save = async () => {
    const reply = await call(routes.trackerTable, { id });
    setUnsaved(reply.ok ? undefined : problemOf(reply.failure));
    if (reply.ok) saveTable(reply.value.csv, "tracker");
  };
  const rows = value === undefined ? [] : boardOf(details.circle, value.entries);
  const waiting = value?.entries.filter(({ state }) => state === "proposed").length ?? 0;
  return (
    <>
      {problem === undefined ? undefined : (
        <ProblemCard
          problem={problem}
          remedies={{
            again: () => {
              setUnsaved(undefined);
              detach(tracker.again());
            },
          }}
        />
      )}
      {value === undefined ? undefined : (
        <p className="quiet">{rows.length === 0 ? BOARD.none : BOARD.about}</p>
      )}
      {waiting === 0 ? undefined : (
        <p className="caution" data-testid="tracker-waiting">
          {BOARD.waiting(waiting)}
        </p>
      )}
      {rows.length < 2 ? undefined : (
        <p data-testid="tracker-counts">
          {countsOf(rows)
            .map(({ nda, count }) => `${count} ${NDA_COUNTS[nda]}`)
            .join(" · ")}
        </p>
      )}
      {silence.problem === undefined ? undefined : (
        <p className="quiet">
          {BOARD.noSilence} {silence.problem.happened}
        </p>
      )}
      <ul className="stack">
        {rows.map((row) => (
          <Counterparty
            key={row.who.join(" ")}
            row={row}
            dates={details.dates}
            silent={silence.value?.silent.find(({ name }) => name === row.name)}
            call={call}
            room={room}
            threadId={threadId}
            onMessage={onMessage}
            tracker={tracker}
            today={today}
            mayNote={value?.mayNote ?? false}
          />
        ))}
      </ul>
      {rows.length === 0 ? undefined : (
        <div className="stack tight">
          <div className="actions">
            <Button data-testid="tracker-save" onClick={() => detach(save())}>
              {BOARD.save}
            </Button>
          </div>
          <p className="quiet">{BOARD.saveWords}</p>
        </div>
      )}
    </>
  );
}
