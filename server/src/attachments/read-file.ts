/**
 * Parses a file in a worker of its own, one at a time, with an end to its time and its memory. A file that takes more of either is
 * refused in words; the server goes on.
 */
import { extname } from "node:path";
import { Worker } from "node:worker_threads";

import { z } from "zod";

import type { Read } from "./parse.ts";

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

const SLOW = "The file takes too long to read. Ask the sender for a smaller part of it.";
const LARGE = "The file is too large to read. Ask the sender for a smaller part of it.";
const BROKEN = "The file is broken and can't be read. Ask the sender to send it again.";

function once(bytes: Uint8Array, contentType: string, signal: AbortSignal): Promise<Read> {
  return new Promise((settle, fail) => {
    const worker = new Worker(WORKER, {
      workerData: { bytes, contentType },
      resourceLimits: MEMORY,
      env: {},
      stdout: true,
      stderr: true,
    });
    const end = (result: Read) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      settle(result);
      worker.terminate().catch(() => undefined);
    };
    const timer = setTimeout(() => end({ ok: false, why: SLOW }), TIME_MS);
    const stop = () => {
      worker.terminate().catch(() => undefined);
      clearTimeout(timer);
      fail(new Error("stopped", { cause: signal.reason }));
    };
    signal.addEventListener("abort", stop, { once: true });
    worker.once("message", (message: unknown) => {
      const answer = Answer.safeParse(message);
      if (!answer.success) end({ ok: false, why: BROKEN });
      else if (answer.data.ok) {
        const { note, ...parsed } = answer.data.parsed;
        end({ ok: true, parsed: note === undefined ? parsed : { ...parsed, note } });
      } else end(answer.data);
    });
    worker.once("error", (error: unknown) => {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      end({ ok: false, why: code === "ERR_WORKER_OUT_OF_MEMORY" ? LARGE : BROKEN });
    });
    worker.once("exit", () => end({ ok: false, why: BROKEN }));
  });
}

export interface FileReader {
  read(bytes: Uint8Array, contentType: string, signal: AbortSignal): Promise<Read>;
}

export function createFileReader(): FileReader {
  let last: Promise<unknown> = Promise.resolve();
  return {
    read(bytes, contentType, signal) {
      const turn = last.then(() => {
        signal.throwIfAborted();
        return once(bytes, contentType, signal);
      });
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
