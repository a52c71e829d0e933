/**
 * A million audit rows, written once as an export, then judged by `audit verify` as a stranger runs it: a process of its own without an
 * environment. Exits 0 if it takes less than 10 s and 200 MB.
 *
 *     node e2e/engine/audit-million.ts [--rows 1000000]
 */
import { spawn } from "node:child_process";
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";

import { canonicalJson } from "@vaultdesk/shared/digest.ts";
import { newId } from "@vaultdesk/shared/id.ts";

import { GENESIS, hashOf, lineOf } from "../../server/src/audit/chain.ts";
import { createSigner } from "../../server/src/audit/export.ts";

const SECONDS = 10;
const MEGABYTES = 200;
const START = Date.UTC(2026, 0, 1);
const PATH = ["none", "proposed", "waiting", "approved", "executing", "executed"] as const;

const { values } = parseArgs({ options: { rows: { type: "string", default: "1000000" } } });
const rows = Number(values.rows);
const signer = createSigner(Buffer.alloc(32, 7));

/** The moves of one approved mail after another, as the server writes them. */
function* entries(): Generator<string> {
  const conversationId = newId("con");
  for (;;) {
    const approvalId = newId("apr");
    const digest = approvalId.slice(4).repeat(2);
    for (const [index, to] of PATH.slice(1).entries()) {
      yield canonicalJson({
        kind: "approval.moved",
        sub: "google-oauth2|108234567890123456789",
        approvalId,
        facts: {
          ...(index === 0 ? { conversationId } : {}),
          ...(to === "waiting" ? { request: digest } : {}),
          ...(to === "approved" ? { jti: approvalId.slice(4) } : {}),
          ...(to === "executed" ? { messages: approvalId.slice(4, 20) } : {}),
          from: PATH[index] ?? "none",
          to,
          kind: "email.send",
          digest,
          approver: "google-oauth2|108234567890123456789",
        },
      });
    }
  }
}

function* lines(): Generator<string> {
  yield `${lineOf({ format: "vaultdesk-audit", version: 1, publicKey: signer.publicKey })}\n`;
  let last = { seq: 0, hash: GENESIS };
  for (const entry of entries()) {
    if (last.seq === rows) break;
    const seq = last.seq + 1;
    const at = new Date(START + seq * 1000).toISOString();
    const prev = last.hash;
    const hash = hashOf(prev, seq, at, entry);
    yield `${lineOf({ seq, at, entry, prev, hash })}\n`;
    last = { seq, hash };
  }
  const head = { ...last, at: new Date(START).toISOString() };
  yield `${lineOf({ head, signature: signer.sign(head) })}\n`;
}

/** The most that a process ever held, in megabytes, as the kernel counts it. */
function peak(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

const folder = mkdtempSync(join(tmpdir(), "vaultdesk-million-"));
const file = join(folder, "audit.jsonl");
try {
  await pipeline(Readable.from(lines()), createWriteStream(file));
  const start = performance.now();
  // As `pnpm vaultdesk` runs it.
  const args = [
    "--max-semi-space-size=4",
    // Else V8 guesses when to collect first, and in one run of three not before 100 MB.
    "--initial-old-space-size=48",
    "server/src/cli.ts",
    "audit",
    "verify",
    file,
    `--key=${signer.publicKey}`,
  ];
  const child = spawn(process.execPath, args, { env: {}, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  let megabytes = 0;
  const look = setInterval(() => (megabytes = Math.max(megabytes, peak(child.pid ?? 0))), 20);
  const exit = await new Promise<number>((done) => child.once("close", (code) => done(code ?? 1)));
  clearInterval(look);
  const seconds = (performance.now() - start) / 1000;
  const ok = exit === 0 && seconds < SECONDS && megabytes < MEGABYTES;
  process.stdout.write(
    `${said}${ok ? "ok" : "FAILED"} ${rows} rows in ${seconds.toFixed(1)} s of ${SECONDS}, ${megabytes.toFixed(0)} MB of ${MEGABYTES}\n`,
  );
  process.exitCode = ok ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
