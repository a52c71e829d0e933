/**
 * Looks at a file in a worker of its own, one at a time, with an end to its time and its memory. A file that takes more of either is
 * refused in words; the server goes on.
 */
import { extname } from "node:path";
import { Worker } from "node:worker_threads";

import { z } from "zod";

import type { Read } from "./parse.ts";
import type { Prints } from "./prints.ts";

/** Beside this file, as source and as built. */
const WORKER = new URL(`worker${extname(import.meta.url)}`, import.meta.url);
const TIME_MS = 20_000;
const MEMORY = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

const Section = z.object({ ref: z.string(), text: z.string() });
const Answer = z.discriminatedUnion("ok", [
  z.object({
    ok: z.literal(true),
    parsed: z.object({
      kind: z.string(),
      sections: z.array(Section),
      note: z.string().optional(),
    }),
  }),
  z.object({ ok: z.literal(false), why: z.string() }),
]);

const Printed = z.object({
  words: z.string().optional(),
  packed: z.array(z.string()),
  closed: z.boolean(),
});

const SLOW = "The file takes too long to read. Ask the sender for a smaller part of it.";
const LARGE = "The file is too large to read. Ask the sender for a smaller part of it.";
const BROKEN = "The file is broken and can't be read. Ask the sender to send it again.";

interface Task {
  want: "text" | "prints";
  bytes: Uint8Array;
  contentType: string;
}

type Done = { ok: true; message: unknown } | { ok: false; why: string };

function once({ want, bytes, contentType }: Task, signal: AbortSignal): Promise<Done> {
  return new Promise((settle, fail) => {
    // A copy that is handed over: a clone would take along all that shares a small buffer's memory.
    const own = new Uint8Array(bytes);
    const worker = new Worker(WORKER, {
      argv: [want, contentType],
      workerData: own,
      transferList: [own.buffer],
      resourceLimits: MEMORY,
      env: {},
      stdout: true,
      stderr: true,
    });
    const end = (done: Done) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      settle(done);
      worker.terminate().catch(() => undefined);
    };
    const timer = setTimeout(() => end({ ok: false, why: SLOW }), TIME_MS);
    const stop = () => {
      worker.terminate().catch(() => undefined);
      clearTimeout(timer);
      fail(new Error("stopped", { cause: signal.reason }));
    };
    signal.addEventListener("abort", stop, { once: true });
    worker.once("message", (message: unknown) => end({ ok: true, message }));
    worker.once("error", (error: unknown) => {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      end({ ok: false, why: code === "ERR_WORKER_OUT_OF_MEMORY" ? LARGE : BROKEN });
    });
    worker.once("exit", () => end({ ok: false, why: BROKEN }));
  });
}

function readOf(done: Done): Read {
  if (!done.ok) return done;
  const answer = Answer.safeParse(done.message);
  if (!answer.success) return { ok: false, why: BROKEN };
  if (!answer.data.ok) return answer.data;
  const { note, ...parsed } = answer.data.parsed;
  return { ok: true, parsed: note === undefined ? parsed : { ...parsed, note } };
}

export interface FileReader {
  read(bytes: Uint8Array, contentType: string, signal: AbortSignal): Promise<Read>;
  /** By what it is known besides the hash of its bytes. A file that can't be looked at has no such prints, and is closed. */
  prints(bytes: Uint8Array, contentType: string, signal: AbortSignal): Promise<Prints>;
}

export function createFileReader(): FileReader {
  let last: Promise<unknown> = Promise.resolve();
  function inTurn(task: Task, signal: AbortSignal): Promise<Done> {
    const turn = last.then(() => {
      signal.throwIfAborted();
      return once(task, signal);
    });
    last = turn.catch(() => undefined);
    return turn;
  }
  return {
    read: async (bytes, contentType, signal) =>
      readOf(await inTurn({ want: "text", bytes, contentType }, signal)),

    async prints(bytes, contentType, signal) {
      const done = await inTurn({ want: "prints", bytes, contentType }, signal);
      const found = Printed.safeParse(done.ok ? done.message : undefined);
      return found.success ? found.data : { packed: [], closed: true };
    },
  };
}
