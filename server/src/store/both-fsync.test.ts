/** A commit survives a power cut: each is followed by a sync of the file, counted by strace. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { expect, test } from "vitest";

const COMMITS = 20;
const KEYS = resolve(import.meta.dirname, "keys.ts");
const OPEN = resolve(import.meta.dirname, "open.ts");
const PROGRAM = `
  const { openStore } = await import(${JSON.stringify(OPEN)});
  const { createKeyring } = await import(${JSON.stringify(KEYS)});
  const { db, close } = await openStore({ file: process.argv[1] });
  const keys = createKeyring(db, new Uint8Array(32), () => new Date());
  process.stderr.write("COMMITS BEGIN\\n");
  for (let one = 0; one < ${COMMITS}; one += 1) await keys.of("user-" + one);
  process.stderr.write("COMMITS END\\n");
  await close();
`;

const strace = spawnSync("strace", ["-V"]).status === 0;
if (!strace) process.stdout.write("skipped: strace is not on this machine\n");

test.skipIf(!strace)(
  "each commit to the file is on the disk before it is told",
  () => {
    const room = mkdtempSync(join(tmpdir(), "vaultdesk-fsync-"));
    try {
      const ran = spawnSync(
        "strace",
        [
          "-f",
          "-e",
          "trace=fsync,fdatasync,write",
          "-s",
          "40",
          process.execPath,
          "--input-type=module",
          "-e",
          PROGRAM,
          join(room, "store.db"),
        ],
        { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
      );
      expect(ran.status).toBe(0);
      const between = /COMMITS BEGIN([\s\S]*)COMMITS END/.exec(ran.stderr)?.[1] ?? "";
      const syncs = between.match(/f(?:data)?sync\(\d+/g)?.length ?? 0;
      expect(syncs).toBeGreaterThanOrEqual(COMMITS);
    } finally {
      rmSync(room, { recursive: true });
    }
  },
  60_000,
);
