/** A PDF of 300 pages, each time in a fresh process: our worker against the parser alone, time and the most memory. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { z } from "zod";

import { pdfOf } from "../../server/src/attachments/files-for-tests.ts";
import { FLAGS } from "../engine/usage.ts";
import { type Figure, ms, type Options } from "./figure.ts";
import { interleaved, p50, sorted } from "./timing.ts";

const PAGES = 300;
const WORDS =
  "The Receiving Party shall hold the Confidential Information in strict confidence and use it for the Purpose alone. ";
const Told = z.object({ pages: z.literal(PAGES), ms: z.number(), megabytes: z.number() });

const run = promisify(execFile);

export async function measure({ quick }: Options): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "vaultdesk-pdf-"));
  const file = join(folder, "spa.pdf");
  const told: Record<"ours" | "raw", z.infer<typeof Told>[]> = { ours: [], raw: [] };
  async function read(way: "ours" | "raw"): Promise<void> {
    const program = join(import.meta.dirname, "one-pdf.ts");
    const { stdout } = await run(process.execPath, [...FLAGS, program, way, file]);
    told[way].push(Told.parse(JSON.parse(stdout)));
  }
  try {
    const lines = Array.from({ length: PAGES }, (_, page) => `${page}. ${WORDS.repeat(25)}`);
    await writeFile(file, pdfOf(lines));
    const ways = { ours: () => read("ours"), raw: () => read("raw") };
    await interleaved(ways, { warm: 0, turns: quick ? 3 : 9 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const median = (way: "ours" | "raw", what: "ms" | "megabytes") =>
    p50(sorted(told[way].map((one) => one[what])));
  return [
    {
      says: "PDF of 300 pages: ours over the parser alone, time, p50",
      value: median("ours", "ms") / median("raw", "ms"),
      unit: "times",
      goal: 1.2,
      from: `${ms(median("ours", "ms"))}, alone ${ms(median("raw", "ms"))}`,
    },
    {
      says: "the same, the most memory of the process",
      value: median("ours", "megabytes") / median("raw", "megabytes"),
      unit: "times",
      goal: 1.2,
      from: `${median("ours", "megabytes").toFixed(0)} MB, alone ${median("raw", "megabytes").toFixed(0)} MB`,
    },
  ];
}
