/** A search that finds twenty threads, 50 ms away: vault, list, all twenty at once. Against those three rounds by the bare clients, and one by one. */
import { startDesk } from "./desk.ts";
import { type Figure, ms, type Options } from "./figure.ts";
import { messageOf, searched } from "./raw-reads.ts";
import { interleaved, p50, p95, timed, sorted } from "./timing.ts";

const AWAY_MS = 50;
const ONE_BY_ONE = 3;

export async function measure({ quick }: Options): Promise<Figure[]> {
  const desk = await startDesk(AWAY_MS);
  try {
    const taken = await interleaved(
      {
        ours: () => desk.tool("search_gmail", { query: "paper", max: 20 }),
        async raw() {
          const users = await desk.bare();
          const ids = await searched(users);
          await Promise.all(ids.map((id) => messageOf(users, id)));
        },
      },
      { warm: 3, turns: quick ? 8 : 40 },
    );
    const [ours, raw] = [taken("ours"), taken("raw")];
    const naive: number[] = [];
    for (let turn = 0; turn < ONE_BY_ONE; turn += 1) {
      naive.push(
        await timed(async () => {
          const users = await desk.bare();
          for (const id of await searched(users)) await messageOf(users, id);
        }),
      );
    }
    return [
      {
        says: "Search of 20 threads, 50 ms away: ours over its 3 raw rounds, p50",
        value: p50(ours) / p50(raw),
        unit: "times",
        goal: 1.1,
        from: `${ms(p50(ours))}, raw ${ms(p50(raw))}, of waiting alone ${3 * AWAY_MS} ms`,
      },
      { says: "the same, p95", value: p95(ours) / p95(raw), unit: "times", from: ms(p95(ours)) },
      {
        says: "one mail after the other, over ours",
        value: p50(sorted(naive)) / p50(ours),
        unit: "times",
        from: ms(p50(sorted(naive))),
      },
    ];
  } finally {
    await desk.close();
  }
}
