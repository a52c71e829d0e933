/** A room's documents and who gets which; and the files of the open thread, each marked as what it is. Dashed: only its name speaks for it. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { ThreadId } from "@vaultdesk/shared/id.ts";
import type { ThreadFile } from "@vaultdesk/shared/room.ts";
import { FLOOR, mayHave, type Reader, Tier, type Tightened } from "@vaultdesk/shared/tier.ts";
import { type ReactElement, useCallback } from "react";

import { detach } from "../../detach.ts";
import { IconButton } from "../../ui/button.tsx";
import { Select } from "../../ui/select.tsx";
import { Switch } from "../../ui/switch.tsx";
import { useRead } from "../use-read.ts";
import type { InRoomProps } from "./one-room.tsx";
import { READERS, TIERS, WORDS } from "./words.ts";

const TIER_OPTIONS = Tier.options.map((value) => ({ value, label: TIERS[value] }));

export function Documents(props: InRoomProps): ReactElement {
  const { call, room, control, may, threadId } = props;
  const { id, documents } = room;
  return (
    <>
      <p className="quiet">{WORDS.documentsWords}</p>
      {threadId === undefined || !may("threads") ? undefined : (
        <ThreadFiles {...props} threadId={threadId} />
      )}
      <section className="stack tight" aria-label={WORDS.documents}>
        <h3>{WORDS.documents}</h3>
        {documents.length === 0 ? <p className="quiet">{WORDS.noDocuments}</p> : undefined}
        <ul className="lines">
          {documents.map(({ id: documentId, title, tier }) => (
            <li key={documentId} className="line" data-testid="room-document">
              <span className="grow">{title}</span>
              <Select
                label={WORDS.tierOf(title)}
                hideLabel
                options={TIER_OPTIONS}
                chosen={tier}
                disabled={!may("threads")}
                testId="document-tier"
                onChoose={(chosen) =>
                  detach(
                    control.change(
                      call(routes.changeDocument, { id, documentId }, { from: tier, tier: chosen }),
                    ),
                  )
                }
              />
              {may("roles") ? (
                <IconButton
                  icon="close"
                  size={16}
                  label={WORDS.unmark(title)}
                  onClick={() =>
                    detach(control.change(call(routes.unmarkDocument, { id, documentId })))
                  }
                />
              ) : undefined}
            </li>
          ))}
        </ul>
      </section>
      <Table {...props} />
    </>
  );
}

function ThreadFiles({
  call,
  room,
  control,
  threadId,
}: InRoomProps & { threadId: ThreadId }): ReactElement | undefined {
  const { value, again } = useRead(
    useCallback(() => call(routes.threadFiles, { threadId }), [call, threadId]),
  );
  if (value === undefined || value.files.length === 0) return undefined;
  const mark = async ({ messageId, number }: ThreadFile, tier: Tier) => {
    const body = { threadId, messageId, number, tier };
    await control.change(call(routes.markDocument, { id: room.id }, body));
    await again();
  };
  return (
    <section className="stack tight" aria-label={WORDS.threadFiles}>
      <h3>{WORDS.threadFiles}</h3>
      <ul className="lines">
        {value.files.map((file) => {
          const { messageId, number, filename, marks, suggested } = file;
          const tier = marks.find(({ roomId }) => roomId === room.id)?.tier;
          return (
            <li key={`${messageId} ${number}`} className="line" data-testid="thread-file">
              <span className="grow">{filename}</span>
              {tier === undefined && suggested !== undefined ? (
                <button
                  type="button"
                  className="chip small proposed"
                  data-testid="mark-suggested"
                  onClick={() => detach(mark(file, suggested))}
                >
                  {WORDS.markAs(TIERS[suggested])}
                </button>
              ) : undefined}
              <Select
                label={WORDS.tierOf(filename)}
                hideLabel
                options={
                  tier === undefined
                    ? [{ value: "none" as const, label: WORDS.unmarked }, ...TIER_OPTIONS]
                    : TIER_OPTIONS
                }
                chosen={tier ?? "none"}
                testId="file-tier"
                onChoose={(chosen) => {
                  if (chosen !== "none") detach(mark(file, chosen));
                }}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What the floor leaves to others than one's own side; a lead takes it away or gives it back. */
function Table({ call, room, control, may }: InRoomProps) {
  const { id, version, tiers } = room;
  const put = (tier: Tier, reader: Reader, on: boolean) => {
    const others = (tiers[tier] ?? []).filter((one) => one !== reader);
    const changed: Tightened = {
      ...tiers,
      [tier]: on || reader === "own" ? others : [...others, reader],
    };
    return control.change(call(routes.changeTiers, { id }, { version, tiers: changed }));
  };
  return (
    <section className="stack tight" aria-label={WORDS.whoGets} data-testid="tier-table">
      <h3>{WORDS.whoGets}</h3>
      <p className="quiet">{WORDS.whoGetsWords}</p>
      {Tier.options.map((tier) => (
        <div key={tier} className="stack tight">
          <h4>{TIERS[tier]}</h4>
          {FLOOR[tier].length === 1 ? <p className="quiet">{WORDS.ownOnly}</p> : undefined}
          {FLOOR[tier]
            .filter((reader) => reader !== "own")
            .map((reader) => (
              <Switch
                key={reader}
                label={READERS[reader]}
                on={mayHave(tier, reader, tiers)}
                // What a less confidential one lacks is given back there.
                disabled={
                  !may("roles") ||
                  (!mayHave(tier, reader, tiers) && !(tiers[tier] ?? []).some((r) => r === reader))
                }
                testId={`tier-${tier}-${reader}`}
                onChange={(on) => detach(put(tier, reader, on))}
              />
            ))}
        </div>
      ))}
    </section>
  );
}
