/** The thread in which one file is looked at: its memory and its time are not the server's. */
import { parentPort, workerData } from "node:worker_threads";

import { z } from "zod";

const Task = z.object({
  want: z.enum(["text", "prints"]),
  bytes: z.instanceof(Uint8Array),
  contentType: z.string(),
});

const { want, bytes, contentType } = Task.parse(workerData);
const look =
  want === "text" ? (await import("./parse.ts")).parse : (await import("./prints.ts")).printsOf;
const done = await look(bytes, contentType);
parentPort?.postMessage(done, []);
