/**
 * The child of the attachment's row: reads one PDF as the product does (`ours`: in a worker, with an end to its time and memory) or with the
 * parser alone (`raw`: here), and prints how long it took and the most that the process ever held.
 *
 *     node one-pdf.ts ours|raw FILE
 */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";

import { createFileReader } from "../../server/src/attachments/read-file.ts";
import { timed } from "./timing.ts";

const [way, file = ""] = process.argv.slice(2);
const bytes = await readFile(file);

async function raw(): Promise<number> {
  const { extractText, getDocumentProxy } = await import("unpdf");
  const { totalPages } = await extractText(await getDocumentProxy(new Uint8Array(bytes)));
  return totalPages;
}

async function ours(): Promise<number> {
  const read = await createFileReader().read(
    bytes,
    "application/pdf",
    new AbortController().signal,
  );
  if (!read.ok) throw new Error(read.why);
  return read.parsed.sections.length;
}

let pages = 0;
const taken = await timed(async () => {
  pages = await (way === "ours" ? ours() : raw());
});
const peak = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
process.stdout.write(JSON.stringify({ pages, ms: taken, megabytes: peak / 1024 }));
