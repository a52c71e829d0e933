/** Every vitest worker: a connection outside loopback fails the test that tried it. */
import { afterEach } from "vitest";

import { guardLoopback, OutsideLoopback } from "./loopback-only.ts";

const tried: string[] = [];
guardLoopback((host) => tried.push(host));

afterEach(() => {
  const hosts = tried.splice(0);
  if (hosts.length > 0) throw new OutsideLoopback(`this test tried to reach ${hosts.join(", ")}`);
});
