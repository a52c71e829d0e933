/** The thread in which one file is parsed: its memory and its time are not the server's. */
import { parentPort, workerData } from "node:worker_threads";

import { z } from "zod";

import { parse } from "./parse.ts";

const Task = z.object({ bytes: z.instanceof(Uint8Array), contentType: z.string() });

const { bytes, contentType } = Task.parse(workerData);
parentPort?.postMessage(await parse(bytes, contentType), []);
