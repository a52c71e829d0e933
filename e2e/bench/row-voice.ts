/** A reply with the user's own sent mail read first, 50 ms away: its time beside a reply without, and against the rounds of the samples. */
import { startDesk } from "./desk.ts";
import { type Figure, ms, type Options } from "./figure.ts";
import { ANA } from "./letters.ts";
import { listOf, messageOf, searched } from "./raw-reads.ts";
import { interleaved, p50 } from "./timing.ts";

const AWAY_MS = 50;
const TAKEN = 8;

export async function measure({ quick }: Options): Promise<Figure[]> {
  const desk = await startDesk(AWAY_MS);
  try {
    const [messageId = ""] = await searched(await desk.bare());
    const reply = (loan: "fresh" | "held") =>
      desk.tool(
        "draft_email_reply",
        { mode: "reply", message_id: messageId, body: "Hello Ana,\n\nagreed.\n" },
        loan,
      );
    const taken = await interleaved(
      {
        without: () => reply("fresh"),
        async voiced() {
          await desk.tool("read_my_style", { message_id: messageId });
          await reply("held");
        },
        samples: () => desk.tool("read_my_style", { message_id: messageId }),
        async raw() {
          const users = await desk.bare();
          await Promise.all([
            users.settings.sendAs.list({ userId: "me" }),
            messageOf(users, messageId),
          ]);
          const [ids = []] = await Promise.all(
            [`in:sent {to:"${ANA}"}`, "in:sent {to:helio-capital.example}", "in:sent"].map((q) =>
              listOf(users, q, TAKEN),
            ),
          );
          await Promise.all(ids.map((id) => messageOf(users, id)));
        },
      },
      { warm: 2, turns: quick ? 5 : 20 },
    );
    const [without, voiced, samples, raw] = [
      taken("without"),
      taken("voiced"),
      taken("samples"),
      taken("raw"),
    ];
    return [
      {
        says: "Samples of one's own mail, 50 ms away: ours over their 4 raw rounds, p50",
        value: p50(samples) / p50(raw),
        unit: "times",
        goal: 1.1,
        from: `${ms(p50(samples))}, raw ${ms(p50(raw))}`,
      },
      {
        says: "a reply with samples over one without, p50",
        value: p50(voiced) / p50(without),
        unit: "times",
        from: `${ms(p50(voiced))} in 7 rounds, ${ms(p50(without))} in 5 without`,
      },
    ];
  } finally {
    await desk.close();
  }
}
