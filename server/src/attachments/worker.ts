/** The thread in which one file is looked at: its memory and its time are not the server's. */
import { parentPort, workerData } from "node:worker_threads";

import { z } from "zod";

import { parse } from "./parse.ts";
import { printsOf } from "./prints.ts";

const Task = z.object({
  want: z.enum(["text", "prints"]),
  bytes: z.instanceof(Uint8Array),
  contentType: z.string(),
});

const { want, bytes, contentType } = Task.parse(workerData);
const done = await (want === "text" ? parse : printsOf)(bytes, contentType);
parentPort?.postMessage(done, []);
