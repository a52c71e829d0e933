import { readFileSync, readdirSync } from "node:fs";
export function cpu(): string {
  const sums: Record<string, number> = {};
  for (const pid of readdirSync("/proc").filter((n) => /^\d+$/.test(n))) {
    try {
      const cmd = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const f = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const env = readFileSync(`/proc/${pid}/environ`, "utf8");
      if (!/wt-lead/.test(env) && !/vaultdesk-|wt-lead/.test(cmd)) continue;
      const kind =
        /--type=(\S+)/.exec(cmd)?.[1] ??
        (/chrom/.test(cmd)
          ? "browser"
          : /server\/src\/main/.test(cmd)
            ? "server"
            : Number(pid) === process.pid
              ? "self"
              : "other");
      sums[kind] = (sums[kind] ?? 0) + (Number(f[11]) + Number(f[12])) / 100;
    } catch {}
  }
  return JSON.stringify(sums);
}
