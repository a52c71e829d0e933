/** The claims of speed: each row of `pnpm bench` that has a goal. */
import { type Claim, program } from "./claim.ts";

function row(number: number, says: string): Claim {
  const command = ["node", "e2e/bench/main.ts", "--row", String(number)];
  return { id: String(number), says, by: command.join(" "), show: program(command, /^ok /) };
}

export function bench(): readonly Claim[] {
  return [
    row(1, "A search of 20 threads, 50 ms away, takes at most 1.1 times its three raw rounds."),
    row(2, "Reading a thread of 30 messages takes at most 1.1 times its two raw rounds."),
    row(
      3,
      "A turn with one search: first event within 15 ms, 25 ms above the raw calls, 1 and 50 at once.",
    ),
    row(
      4,
      "From a yes to the mail, less the poll interval: the raw rounds and 100 ms (p95), beside 5,000 others.",
    ),
    row(
      5,
      "What waits takes at most 1.5 times the processor of a bare loop, from 1,000 to 20,000.",
    ),
    row(6, "2,000 open panels take at most 40 kB each, and an event arrives within 50 ms (p99)."),
    row(
      7,
      "What is due and a person's list stay within twice their cost up to 10^6 rows of history.",
    ),
    row(
      8,
      "In Gmail-shaped pages the panel costs at most 1.5 times an empty extension with the same iframe.",
    ),
    row(10, "The samples of one's own mail take at most 1.1 times their four raw rounds."),
    row(11, "A PDF of 300 pages takes at most 1.2 times the parser's own time and memory."),
  ];
}
