/** The person's own log: what was asked of their phone, when, and what became of it. A line opens its digest and its conversation. */
import type { ActivityRow } from "@vaultdesk/shared/activity.ts";
import type { ApprovalView } from "@vaultdesk/shared/approval.ts";
import { type ReactElement, useState } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { Button } from "../../ui/button.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { ProblemCard } from "../chat/problem-card.tsx";
import { Page } from "../page.tsx";
import { useNow } from "../use-now.ts";
import { Chain } from "./chain.tsx";
import { TRAIL } from "./trail-words.ts";
import { Trail } from "./trail.tsx";
import { useActivity } from "./use-activity.ts";
import { lineOf, timeOf, WORDS } from "./words.ts";

export interface ActivityProps {
  call: Call;
  sub: string;
  onBack: () => void;
  onOpen: (approval: ApprovalView) => void;
}

export function Activity(props: ActivityProps): ReactElement {
  const { call, sub, onBack } = props;
  const [tab, setTab] = useState<"requests" | "trail">("requests");
  return (
    <Page title={WORDS.title} testId="activity" onBack={onBack}>
      <Tabs
        label={WORDS.title}
        chosen={tab}
        onChoose={setTab}
        tabs={[
          { key: "requests", label: TRAIL.requests, content: <Requests {...props} /> },
          { key: "trail", label: TRAIL.tab, content: <Trail call={call} sub={sub} /> },
        ]}
      />
    </Page>
  );
}

function Requests({ call, sub, onOpen }: ActivityProps): ReactElement {
  const { rows, problem, again, more } = useActivity(call);
  return (
    <section className="stack">
      <p className="quiet">{rows?.length === 0 ? WORDS.none : WORDS.about}</p>
      {problem === undefined ? undefined : (
        <ProblemCard problem={problem} remedies={{ again: () => detach(again()) }} />
      )}
      <ul className="stack">
        {(rows ?? []).map((row) => (
          <Entry key={row.id} call={call} sub={sub} row={row} onOpen={onOpen} />
        ))}
      </ul>
      {more === undefined ? undefined : (
        <Button data-testid="older" onClick={() => detach(more())}>
          {WORDS.older}
        </Button>
      )}
    </section>
  );
}

interface EntryProps extends Omit<ActivityProps, "onBack"> {
  row: ActivityRow;
}

function Entry({ call, sub, row, onOpen }: EntryProps): ReactElement {
  // Read when it is first opened.
  const [opened, setOpened] = useState(false);
  const now = useNow(false);
  const { what, title, tone, solid } = lineOf(row, now);
  const { approval, digest, requestedAt, endedAt } = row;
  return (
    <li
      className="card approval"
      data-tone={tone}
      data-solid={solid}
      data-testid="activity-row"
      data-state={row.state}
    >
      <details
        className="entry"
        onToggle={(event) => setOpened(opened || event.currentTarget.open)}
      >
        <summary>
          <span className="card-head">
            <span className="grow">{what}</span>
            <span className="tag" data-tone={tone}>
              {title}
            </span>
          </span>
          <time className="quiet" dateTime={requestedAt}>
            {timeOf(requestedAt)}
          </time>
        </summary>
        {approval?.ending === undefined ? undefined : <p>{approval.ending}</p>}
        <dl className="facts">
          <dt>{WORDS.asked}</dt>
          <dd>{timeOf(requestedAt)}</dd>
          {endedAt === undefined ? undefined : (
            <>
              <dt>{WORDS.ended}</dt>
              <dd>{timeOf(endedAt)}</dd>
            </>
          )}
          {approval === undefined ? undefined : (
            <>
              <dt>{WORDS.code}</dt>
              <dd>{approval.code}</dd>
            </>
          )}
          <dt>{WORDS.digest}</dt>
          <dd className="digest" data-testid="digest">
            {digest}
          </dd>
        </dl>
        {opened ? <Chain call={call} sub={sub} approval={row.id} /> : undefined}
        {approval === undefined || approval.asker !== undefined ? undefined : (
          <Button data-testid="activity-open" onClick={() => onOpen(approval)}>
            {WORDS.open}
          </Button>
        )}
      </details>
    </li>
  );
}
