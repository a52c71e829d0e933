/** What of an answer took how long, one line a step on a common time. What was waited for is dashed: nothing happened there. */
import type { CSSProperties, ReactElement } from "react";

import type { HowDone as Done, Row } from "../timeline.ts";
import { duration, whole, WORDS } from "./how-words.ts";

function nameOf({ what, title }: Row): string {
  switch (what) {
    case "model":
      return WORDS.model;
    case "phone":
      return WORDS.phone;
    case "tool":
      return title;
  }
}

function placeOf({ left, width }: Row): CSSProperties {
  return { insetInlineStart: `${left * 100}%`, width: `${width * 100}%` };
}

export function HowDone({ done, id }: { done: Done; id: string }): ReactElement {
  return (
    <section className="how" id={id} aria-label={WORDS.how} data-testid="how-done">
      <p className="how-whole">{whole(done.workedMs, done.waitedMs)}</p>
      <ol>
        {done.rows.map((row) => (
          <li key={row.key} data-what={row.what} data-ok={row.ok}>
            <span className="how-name">
              {nameOf(row)}
              {row.ok ? undefined : <span className="how-failed"> · {WORDS.failed}</span>}
            </span>
            <span className="how-track" aria-hidden="true">
              <span style={row.what === "phone" ? undefined : placeOf(row)} />
            </span>
            <span className="how-time">{duration(row.ms)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
