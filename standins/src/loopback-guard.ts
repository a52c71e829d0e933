/** `node --import` this: the process exits with 70 on the first connection outside loopback. */
import { guardLoopback } from "./loopback-only.ts";

guardLoopback((host) => {
  process.stderr.write(`\nloopback guard: a connection to ${host} was tried\n`);
  process.exit(70);
});
