/** Every vitest worker: a connection outside loopback fails the test that tried it. */
import { afterAll, afterEach } from "vitest";

import { guardLoopback, OutsideLoopback } from "./loopback-only.ts";

const tried: string[] = [];
const release = guardLoopback((host) => tried.push(host));
afterAll(release);

afterEach(() => {
  const hosts = tried.splice(0);
  if (hosts.length > 0) throw new OutsideLoopback(`this test tried to reach ${hosts.join(", ")}`);
});
