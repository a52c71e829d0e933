/** The table of one page, and whether all is there that a thread needs. Pure. */
import type { PageCheck } from "@vaultdesk/extension/src/gmail/check.ts";

/** The dock and the rail are not needed: without them the panel lies over the page. */
const NEEDED: ReadonlySet<string> = new Set(["thread", "messages", "account"]);

/** Gmail's address of an open thread ends with a long token. */
const NAMES_THREAD = /\/[A-Za-z]{24,}(?:\?|$)/;

export interface Report {
  lines: string[];
  ok: boolean;
}

/** `hash` is that of the address the page was saved from, where it is known. */
export function reportOf(file: string, page: PageCheck, hash: string): Report {
  const isThread = page.thread !== "none" || NAMES_THREAD.test(hash);
  const missing = page.reads.filter(({ name, found }) => !found && isThread && NEEDED.has(name));
  // Gmail has not named what is not yet synced; nothing is wrong with the adapter.
  const waits = page.thread === "unsynced";
  const ok = missing.length === 0 || waits;
  const lines = [`\n${file}: ${isThread ? "a thread" : "no thread"}, ${page.theme}, ${page.base}`];
  for (const { name, found, says, by, tried } of page.reads) {
    const state = found ? "found" : missing.some((one) => one.name === name) ? "MISSING" : "-";
    lines.push(`  ${name.padEnd(9)} ${state.padEnd(8)} ${says}${by === "" ? "" : `  by ${by}`}`);
    if (found) continue;
    for (const { css, seen, hits } of tried) {
      lines.push(`            ${String(hits).padStart(3)} of ${css}  (last seen ${seen})`);
    }
  }
  return { lines, ok };
}
