/** A thread of thirty long messages, 50 ms away, read, folded and cut for the model: against vault and thread by the bare clients. */
import { startDesk } from "./desk.ts";
import { type Figure, ms, type Options } from "./figure.ts";
import { LONG, LONG_SUBJECT } from "./letters.ts";
import { interleaved, p50, p95 } from "./timing.ts";

const AWAY_MS = 50;

export async function measure({ quick }: Options): Promise<Figure[]> {
  const desk = await startDesk(AWAY_MS);
  try {
    const { data } = await (
      await desk.bare()
    ).threads.list({ userId: "me", q: `subject:"${LONG_SUBJECT}"` });
    const id = data.threads?.[0]?.id ?? "";
    const taken = await interleaved(
      {
        ours: () => desk.tool("read_email_thread", { thread_id: id }),
        async raw() {
          const thread = await (
            await desk.bare()
          ).threads.get({ userId: "me", id, format: "full" });
          if (thread.data.messages?.length !== LONG) throw new Error("not the whole thread");
        },
      },
      { warm: 3, turns: quick ? 10 : 60 },
    );
    const [ours, raw] = [taken("ours"), taken("raw")];
    return [
      {
        says: "Thread of 30 messages, 50 ms away: ours over its 2 raw rounds, p50",
        value: p50(ours) / p50(raw),
        unit: "times",
        goal: 1.1,
        from: `${ms(p50(ours))}, raw ${ms(p50(raw))}, of waiting alone ${2 * AWAY_MS} ms`,
      },
      { says: "the same, p95", value: p95(ours) / p95(raw), unit: "times", from: ms(p95(ours)) },
    ];
  } finally {
    await desk.close();
  }
}
