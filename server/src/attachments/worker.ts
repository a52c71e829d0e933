/**
 * The thread in which one file is looked at: its memory and its time are not the server's. Told what to look for and the content type as
 * arguments, and the bytes as its data. Little is loaded here: each file waits for it anew.
 */
import { parentPort, workerData } from "node:worker_threads";

const [want, contentType = ""] = process.argv.slice(2);
const bytes: unknown = workerData;
if (!(bytes instanceof Uint8Array)) throw new TypeError("no bytes were given");

const look =
  want === "prints" ? (await import("./prints.ts")).printsOf : (await import("./parse.ts")).parse;
const done = await look(bytes, contentType);
parentPort?.postMessage(done, []);
