/** What a command came to. 0: done and sound. 1: done, and not sound. 2: not done. */
export interface Outcome {
  exit: 0 | 1 | 2;
  /** What was asked for: standard output. */
  answer?: readonly string[];
  /** About what was asked for: standard error. */
  say?: readonly string[];
}

const USAGE = [
  "usage: pnpm vaultdesk audit export [--out FILE] [--format jsonl|csv]",
  "       pnpm vaultdesk audit verify FILE [--key=PUBLICKEY] [--against OLDER|EXTRACT]",
  "       pnpm vaultdesk audit report YYYY-MM --out FILE [--hash-people]",
  "       pnpm vaultdesk audit hold add --person SUB | --conversation ID",
  "       pnpm vaultdesk audit hold list",
  "       pnpm vaultdesk audit hold remove ID",
  "       pnpm vaultdesk forget SUB|ADDRESS [--yes]",
  "       pnpm vaultdesk policy check FILE",
  "       pnpm vaultdesk policy schema",
  "       pnpm vaultdesk setup auth0 [--dry-run] [--no-wait] [--env-file FILE]",
  "       pnpm vaultdesk backup --out FILE",
  "       pnpm vaultdesk restore FILE [--replace-newer] | --in-place",
  "       pnpm vaultdesk export-store --out FILE",
  "       pnpm vaultdesk import-store FILE",
  "       pnpm vaultdesk doctor [--json] [--offline] [--push SUB] [--bearer-file FILE]",
];

export function misused(...problems: string[]): Outcome {
  return { exit: 2, say: [...problems, ...USAGE] };
}
